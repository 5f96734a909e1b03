// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void keepsFileAndDirectoryFromOthers() throws Exception {
    Path file = directory.resolve("pprof/settings.json");

    new Settings(file).save("mine", ReportOptions.defaults());

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    try (var entries = Files.list(file.getParent())) {
      assertThat(entries).as("drafts left behind").containsExactly(file);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void readsWhatIsLeftOutAsZero() throws Exception {
    Path file = write("{\"configs\": [{\"name\": \"by hand\", \"focus\": \"a\\u0062c\"}]}");

    List<Settings.Config> configs = new Settings(file).all();

    ReportOptions options = configs.get(0).options();
    assertThat(configs.get(0).name()).isEqualTo("by hand");
    assertThat(options.get(ReportOption.FOCUS)).isEqualTo("abc");
    assertThat(options.get(ReportOption.NODE_COUNT)).isZero();
    assertThat(options.get(ReportOption.TRIM)).isFalse();
  }

  @Test
  void keepsWhatNewerVersionsSavedWithOtherNames() throws Exception {
    Path file =
        write("{\"configs\": [{\"name\": \"newer\", \"colour\": \"red\", \"n\": [1, 2.5]}]}");

    new Settings(file).save("mine", ReportOptions.defaults());

    assertThat(file).content().contains("\"colour\": \"red\"", "2.5", "\"name\": \"mine\"");
  }

  @Test
  void doesNotOverwriteAFileThatItCannotRead() throws Exception {
    Path file = write("{\"configs\": [");

    assertThatThrownBy(() -> new Settings(file).save("mine", ReportOptions.defaults()))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith("could not parse settings");
    assertThat(file).hasContent("{\"configs\": [");
  }

  @Test
  void writesThroughALink() throws Exception {
    Path file = write("{}");
    Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);

    new Settings(link).save("mine", ReportOptions.defaults());

    assertThat(link).isSymbolicLink();
    assertThat(file).content().contains("mine");
  }

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("settings.json"), json);
  }
}
