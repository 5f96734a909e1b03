// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.profile.JvmNames;
import io.pprof4j.profile.Utf8;
import io.pprof4j.report.SourceFinder;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.symbol.internal.code.MethodName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds source files: first where pprof looks, in the directories of {@code source_path} and all
 * above them; then, for code of a JVM, in source archives, beside jars, in the local Maven
 * repository and in the JDK; and at last by decompiling.
 */
public final class SourceLookup implements SourceFinder {
  private final Path workingDirectory;
  private final CodePath code;
  private final DecompiledSource decompiled;

  /**
   * Makes a finder.
   *
   * @param workingDirectory what relative paths are relative to
   * @param code where the code of the profiled JVM is
   */
  public SourceLookup(Path workingDirectory, CodePath code) {
    this.workingDirectory = workingDirectory;
    this.code = code;
    this.decompiled = new DecompiledSource(code);
  }

  /** Refuses files that are not to be read. */
  interface Check {
    /**
     * Checks a file that is there.
     *
     * @throws IOException if it is not to be read
     */
    void check(Path file) throws IOException;
  }

  @Override
  public SourceText find(Request request) throws IOException {
    return find(request, file -> {});
  }

  /** Finds a source file, and reads no file by name that a check refuses. */
  SourceText find(Request request, Check check) throws IOException {
    String searchPath =
        request.searchPath().isEmpty() ? workingDirectory.toString() : request.searchPath();
    String path = SourcePaths.trim(request.path(), request.trimPath(), searchPath);
    try {
      return SourceText.of(lines(onSearchPath(path, searchPath, check)));
    } catch (IOException notThere) {
      SourceText found = ofJvm(path, request.function(), searchPath);
      if (found != null) {
        return found;
      }
      throw notThere;
    }
  }

  private byte[] onSearchPath(String path, String searchPath, Check check) throws IOException {
    if (path.startsWith("/")) {
      return open(path, check);
    }
    for (String entry : SourcePaths.split(searchPath)) {
      String directory = entry;
      while (true) {
        byte[] bytes = readIfPresent(SourcePaths.clean(directory + "/" + path), check);
        if (bytes != null) {
          return bytes;
        }
        String parent = parentOf(directory);
        if (parent.equals(directory)) {
          break;
        }
        directory = parent;
      }
    }
    throw new IOException("could not find file " + path + " on path " + searchPath);
  }

  /** The directory above, as Go's filepath.Dir: the root and {@code .} are their own parents. */
  private static String parentOf(String directory) {
    int slash = directory.lastIndexOf('/');
    return slash < 0 ? "." : SourcePaths.clean(directory.substring(0, slash + 1));
  }

  private byte[] open(String path, Check check) throws IOException {
    try {
      Path file = workingDirectory.resolve(path);
      check.check(file);
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new IOException("open " + path + ": no such file or directory", missing);
    }
  }

  private byte @Nullable [] readIfPresent(String path, Check check) {
    try {
      Path file = workingDirectory.resolve(path);
      if (!Files.isRegularFile(file)) {
        return null;
      }
      check.check(file);
      return Files.readAllBytes(file);
    } catch (IOException | InvalidPathException unreadable) {
      return null;
    }
  }

  private @Nullable SourceText ofJvm(String path, String function, String searchPath)
      throws IOException {
    MethodName method = MethodName.parse(function);
    String className = method == null ? "" : method.className();
    for (String candidate : candidates(path, className)) {
      for (String entry : SourcePaths.split(searchPath)) {
        byte[] bytes = inSearchPathEntry(entry, candidate);
        if (bytes != null) {
          return SourceText.of(lines(bytes));
        }
      }
      CodePath.Found found = code.findSource(candidate);
      if (found != null) {
        return SourceText.of(lines(found.bytes()));
      }
    }
    return className.isEmpty() ? null : decompiled.find(className);
  }

  /**
   * An entry of the search path may be an archive. Its directories were searched before, and only
   * as pprof does.
   */
  private byte @Nullable [] inSearchPathEntry(String entry, String candidate) {
    Path place = workingDirectory.resolve(entry);
    CodePath.Found found =
        BinaryKind.of(place) != BinaryKind.ARCHIVE
            ? null
            : new CodePath(List.of(place), code.stores()).findSource(candidate);
    return found == null ? null : found.bytes();
  }

  /** The paths that a source file may have below a source root. */
  private static Set<String> candidates(String path, String className) {
    Set<String> candidates = new LinkedHashSet<>();
    String base = SourcePaths.baseName(path);
    if (!className.isEmpty()) {
      candidates.add(JvmNames.sourcePath(className, base));
    }
    if (!path.startsWith("/")) {
      candidates.add(path);
    }
    return candidates;
  }

  /** Splits a file into lines, of which a final carriage return is no part. */
  static List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        lines.add(line(bytes, start, at));
        start = at + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(line(bytes, start, bytes.length));
    }
    return lines;
  }

  private static String line(byte[] bytes, int start, int end) {
    int length = end > start && bytes[end - 1] == '\r' ? end - start - 1 : end - start;
    return Utf8.decode(bytes, start, length);
  }
}
