// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the libraries in the resources to their C sources, and runs the tests written in C. */
class NativeSourcesTest {
  private static final Path NATIVE = Path.of("native").toAbsolutePath();

  /** Exit status of a script that lacks what it needs, as with automake. */
  private static final int SKIPPED = 77;

  @Test
  void librariesWereBuiltFromTheseSources() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(Files.readAllBytes(NATIVE.resolve("build.sh")));
    for (String suffix : List.of(".c", ".h")) {
      for (Path file : sources(suffix)) {
        all.write(Files.readAllBytes(file));
      }
    }

    String expected = Files.readString(NATIVE.resolve("SOURCES.sha256")).strip();

    assertThat(LibraryFile.sha256(all.toByteArray()))
        .as("run capture/native/build.sh --fetch and commit what it builds")
        .isEqualTo(expected);
  }

  private static List<Path> sources(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(NATIVE.resolve("src"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }

  @Test
  void rebuildingGivesTheSameBytes() throws Exception {
    Script script = Script.run("build.sh", "--check");
    assumeTrue(script.exitCode != SKIPPED, script.output);

    assertThat(script.exitCode).as(script.output).isZero();
  }

  @Test
  void testsWrittenInCHold() throws Exception {
    Script script = Script.run("test.sh");
    assumeTrue(script.exitCode != SKIPPED, script.output);

    assertThat(script.exitCode).as(script.output).isZero();
  }

  @Test
  void everyPlatformHasItsLibrary() throws Exception {
    for (String os : List.of("Linux", "Mac OS X")) {
      for (String arch : List.of("amd64", "aarch64")) {
        assertThat(LibraryFile.of(Platform.of(os, arch, false)).content()).isNotEmpty();
      }
    }
    assertThat(LibraryFile.of(Platform.of("Linux", "amd64", true)).content()).isNotEmpty();
    assertThat(LibraryFile.of(Platform.of("Linux", "aarch64", true)).content()).isNotEmpty();
  }

  /** What a script said. */
  private record Script(int exitCode, String output) {
    static Script run(String... command) throws Exception {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "no Unix");
      Path output = Files.createTempFile("script", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(
                Stream.concat(Stream.of("bash", "./" + command[0]), Stream.of(command).skip(1))
                    .toList());
        builder.directory(NATIVE.toFile());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        boolean isDone = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        return new Script(
            isDone ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    }
  }
}
