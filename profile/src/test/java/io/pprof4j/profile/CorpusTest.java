// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads every file of the corpus and compares with what pprof made of it: the message that it
 * wrote, byte by byte, or the text of its error.
 */
class CorpusTest {
  static Stream<Path> files() throws IOException {
    return Corpus.files().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsAsPprofDoes(Path file) throws IOException {
    Path error = Corpus.expected(file, ".err");

    if (Files.exists(error)) {
      assertThatThrownBy(() -> Profile.read(file))
          .isInstanceOf(ProfileFormatException.class)
          .hasMessage(Files.readString(error));
    } else {
      assertThat(Profiles.bytes(Profile.read(file)))
          .isEqualTo(Files.readAllBytes(Corpus.expected(file, ".pb")));
    }
  }
}
