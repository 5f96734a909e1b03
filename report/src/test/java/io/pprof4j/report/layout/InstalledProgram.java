// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that judges what we write. */
record InstalledProgram(Path path) {
  /** The program, or a skipped test that says so. */
  static InstalledProgram orSkip(String name) {
    Path found = null;
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(directory, name);
      found = found == null && Files.isExecutable(candidate) ? candidate : found;
    }
    assumeTrue(found != null, name + " is NOT installed: our output is not checked by it");
    return new InstalledProgram(found);
  }

  /** What it prints; fails if it fails or takes too long. */
  String run(Path directory, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(path.toString()));
    words.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError(words + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new AssertionError(words + " failed: " + text);
    }
    return text;
  }
}
