// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir Path directory;
  private Path path;
  private int announced;

  @BeforeEach
  void setUp() {
    path = directory.resolve("report");
  }

  private ReportFile file() {
    return new ReportFile(path, () -> announced++);
  }

  @Test
  void makesNoFileForAReportThatIsNotCompleted() throws IOException {
    Files.writeString(path, "before");

    try (ReportFile file = file()) {
      file.write(new byte[1 << 20]);
    }

    assertThat(path).hasContent("before");
    assertThat(announced).isZero();
  }

  @Test
  void holdsWhatIsSmallUntilItIsComplete() throws IOException {
    try (ReportFile file = file()) {
      file.write('a');
      file.write(new byte[] {'b', 'c'});
      assertThat(path).doesNotExist();
      file.complete();
    }

    assertThat(path).hasContent("abc");
    assertThat(announced).isEqualTo(1);
  }

  @Test
  void writesWhatIsLargeAtOnceAndInOrder() throws IOException {
    byte[] report = new byte[3_000_000];
    new Random(1).nextBytes(report);

    try (ReportFile file = file()) {
      int from = 0;
      for (int length = 1; from < report.length; length = length * 3 + 1) {
        int part = Math.min(length, report.length - from);
        file.write(report, from, part);
        from += part;
      }
      assertThat(announced).isEqualTo(1);
      file.complete();
    }

    assertThat(path).hasBinaryContent(report);
    assertThat(announced).isEqualTo(1);
  }

  @Test
  void removesWhatItWroteOfAReportThatIsBrokenOff() throws IOException {
    try (ReportFile file = file()) {
      file.write(new byte[3_000_000]);
      assertThat(path).exists();
    }

    assertThat(path).doesNotExist();
  }

  @Test
  void leavesADeviceWhereItIs() throws IOException {
    path = Path.of("/dev/null");

    try (ReportFile file = file()) {
      file.write(new byte[3_000_000]);
    }

    assertThat(path).exists();
  }

  @Test
  void saysWhyAFileCannotBeMade() {
    path = directory.resolve("missing").resolve("report");

    assertThatThrownBy(
            () -> {
              try (ReportFile file = file()) {
                file.complete();
              }
            })
        .isInstanceOf(NoSuchFileException.class);
  }
}
