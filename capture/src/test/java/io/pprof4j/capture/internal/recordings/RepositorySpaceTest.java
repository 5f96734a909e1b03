// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositorySpaceTest {
  @Test
  void isShortWhereNothingCanBeWritten() {
    Path full = Path.of("/proc");
    assumeTrue(Files.isDirectory(full), "there is no file system without room");

    assertThat(RepositorySpace.shortage(full))
        .contains(
            "the flight recorder's folder /proc has 0 MB left, and the JVM would end when it is full");
  }

  @Test
  void isEnoughElsewhere(@TempDir Path folder) {
    assertThat(RepositorySpace.shortage(folder)).isEmpty();
    assertThat(RepositorySpace.shortage(folder.resolve("nowhere"))).isEmpty();
  }
}
