// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.report.SourceFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceJailTest {
  @TempDir Path directory;
  private Path work;
  private Path secret;

  @BeforeEach
  void writeFiles() throws IOException {
    work = Files.createDirectories(directory.resolve("work"));
    Files.writeString(work.resolve("shop.c"), "int shop;\n");
    secret = Files.writeString(directory.resolve("secret.txt"), "password\n");
  }

  @Test
  void givesWhatIsBelowTheWorkingDirectory() throws IOException {
    assertThat(find("shop.c", "").lines()).containsExactly("int shop;");
    assertThat(find(work.resolve("shop.c").toString(), "").lines()).containsExactly("int shop;");
  }

  @Test
  void refusesFilesElsewhereByWhateverName() throws IOException {
    Files.createSymbolicLink(work.resolve("link.c"), secret);

    assertRefused(secret.toString());
    assertRefused("../secret.txt");
    assertRefused("/../../../../etc/passwd");
    assertRefused("link.c");
    assertRefused("secret.txt");
  }

  @Test
  void givesWhatIsBelowTheSourcePath() throws IOException {
    assertThat(find(secret.toString(), directory.toString()).lines()).containsExactly("password");
  }

  private void assertRefused(String path) {
    assertThatThrownBy(() -> find(path, "")).as(path).isInstanceOf(IOException.class);
  }

  private SourceFinder.SourceText find(String path, String searchPath) throws IOException {
    SourceLookup lookup =
        new SourceLookup(work, new CodePath(List.of(), ArtifactStores.of(directory, "")));
    return new SourceJail(lookup, work)
        .find(new SourceFinder.Request(path, "shop", searchPath, ""));
  }
}
