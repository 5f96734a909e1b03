// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Turns file names as a profile has them into names to show and to search for. */
public final class SourcePaths {
  private static final List<String> BUILD_PREFIXES =
      List.of("/proc/self/cwd/./", "/proc/self/cwd/");

  private SourcePaths() {}

  /**
   * Cuts off what is special to the machine that built the binary.
   *
   * <p>Without a trim path, everything up to a directory is cut that is named like a directory of
   * the search path; otherwise, and if there is none, the first prefix that fits.
   *
   * @param path file name in the profile
   * @param trimPath prefixes, separated as the system separates paths
   * @param searchPath directories, separated as the system separates paths
   */
  public static String trim(String path, String trimPath, String searchPath) {
    String slashed = path.replace(File.separatorChar, '/');
    if (trimPath.isEmpty()) {
      for (String directory : split(searchPath)) {
        String wanted = "/" + baseName(directory) + "/";
        int found = slashed.indexOf(wanted);
        if (found >= 0) {
          return path.substring(found + wanted.length());
        }
      }
    }
    List<String> prefixes = new ArrayList<>(split(trimPath));
    prefixes.addAll(BUILD_PREFIXES);
    for (String prefix : prefixes) {
      String whole = prefix.endsWith("/") ? prefix : prefix + "/";
      if (slashed.startsWith(whole)) {
        return path.substring(whole.length());
      }
    }
    return path;
  }

  /** The entries of a path list; none for the empty list. */
  public static List<String> split(String pathList) {
    String slashed = pathList.replace(File.separatorChar, '/');
    return slashed.isEmpty() ? List.of() : List.of(slashed.split(File.pathSeparator, -1));
  }

  /** The last element of a path, as Go's path.Base: {@code .} if empty, {@code /} for the root. */
  public static String baseName(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    if (end == 1 && path.charAt(0) == '/') {
      return "/";
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /** The shortest path of the same meaning, as Go's path.Clean. */
  public static String clean(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    if (isClean(path)) {
      return path;
    }
    boolean rooted = path.startsWith("/");
    List<String> kept = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (!part.equals("..")) {
        kept.add(part);
      } else if (!kept.isEmpty() && !kept.get(kept.size() - 1).equals("..")) {
        kept.remove(kept.size() - 1);
      } else if (!rooted) {
        kept.add(part);
      }
    }
    String joined = String.join("/", kept);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** Whether nothing can be shortened; the usual case, decided without splitting. */
  private static boolean isClean(String path) {
    boolean atStart = true;
    for (int at = 0; at < path.length(); at++) {
      char c = path.charAt(at);
      if (atStart && (c == '.' || (c == '/' && at > 0))) {
        return false;
      }
      atStart = c == '/';
    }
    return !atStart || path.length() == 1;
  }
}
