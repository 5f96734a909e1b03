// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class of the tests in a JVM of its own, of the release that runs the tests.
 *
 * @param exitCode how it ended
 * @param output its standard output and error
 */
record ChildJvm(int exitCode, String output) {
  private static final long TIMEOUT_SECONDS = 120;

  static ChildJvm run(List<String> jvmOptions, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static ChildJvm run(List<String> command) {
    try {
      Path output = Files.createTempFile("child", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean isDone = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!isDone) {
          process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return new ChildJvm(isDone ? process.exitValue() : -1, text);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a child runs", e);
    }
  }

  /** Whether this JVM knows an option such as {@code -XX:+UseShenandoahGC}. */
  static boolean knows(String option) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(List.of(java, option, "-version")).exitCode() == 0;
  }
}
