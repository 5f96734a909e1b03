// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources again and again: deep stacks of many methods, for recordings. */
public final class Compiling {
  private Compiling() {}

  /**
   * Runs for a while.
   *
   * @param arguments how many seconds, the folder of the sources, the folder for classes
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: Compiling seconds sources classes");
    }
    List<Path> sources = sources(Path.of(arguments[1]));
    Path classes = Files.createDirectories(Path.of(arguments[2]));
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    while (System.nanoTime() < end) {
      compile(compiler, sources, classes);
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
          .toList();
    }
  }

  private static void compile(JavaCompiler compiler, List<Path> sources, Path classes)
      throws IOException {
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      // Annotations are not on the class path: what is reported does not matter here.
      compiler
          .getTask(
              Writer.nullWriter(),
              files,
              problem -> {},
              List.of("-d", classes.toString(), "-proc:none"),
              null,
              files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
  }
}
