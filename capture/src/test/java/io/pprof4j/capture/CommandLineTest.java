// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @ParameterizedTest
  @CsvSource({
    "-Ddb.password=hunter2, -Ddb.password=***",
    "--api-key=abc, --api-key=***",
    "-Dspring.datasource.url=jdbc:postgresql://bill:pw@db/x,"
        + " -Dspring.datasource.url=jdbc:postgresql://***@db/x",
    "-javaagent:a.jar=port=6060;token=abc, -javaagent:a.jar=port=6060;token=***",
    "-Xmx1g, -Xmx1g",
    "-Dtokenizer.size=5, -Dtokenizer.size=***",
    "key=1, key=1",
  })
  void masksWhatLooksLikeASecret(String argument, String masked) {
    assertThat(CommandLine.mask(List.of(argument))).containsExactly(masked);
  }

  @Test
  void masksTheArgumentAfterAnOptionForASecret() {
    assertThat(CommandLine.mask(List.of("--password", "hunter2", "--verbose")))
        .containsExactly("--password", "***", "--verbose");
  }

  @Test
  void tellsTheCommandOfThisJvm() {
    assertThat(CommandLine.masked()).isNotEmpty();
    assertThat(CommandLine.masked().get(0)).contains("java");
  }
}
