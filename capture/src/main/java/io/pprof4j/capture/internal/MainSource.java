// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The application's main jar or folder, which profiles show as their file. */
public final class MainSource {
  private MainSource() {}

  /**
   * The jar of {@code java -jar}, else the first entry of the class path; empty if there is none.
   */
  public static String find() {
    // HotSpot: main class or jar, then the arguments.
    String command = System.getProperty("sun.java.command", "");
    String first = command.split(" ", 2)[0];
    String entry = first.endsWith(".jar") ? first : firstEntry();
    try {
      return entry.isEmpty() ? "" : Path.of(entry).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      return entry;
    }
  }

  private static String firstEntry() {
    String classPath = System.getProperty("java.class.path", "");
    int end = classPath.indexOf(File.pathSeparatorChar);
    return end < 0 ? classPath : classPath.substring(0, end);
  }
}
