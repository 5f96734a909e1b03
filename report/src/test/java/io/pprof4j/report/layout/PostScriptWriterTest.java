// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostScriptWriterTest {
  @TempDir Path directory;

  @Test
  void followsTheDocumentStructure() throws IOException {
    String file = file(TestPictures.of("a(b\\ ключ\n%%Page: é"));

    assertThat(file).startsWith("%!PS-Adobe-3.0\n").endsWith("end\nshowpage\n%%EOF\n");
    assertThat(file.chars()).allMatch(letter -> letter == '\n' || (letter >= ' ' && letter <= '~'));
    assertThat(file)
        .contains("\n%%Title: (a\\(b\\\\ ?????%%Page: \\351)\n")
        .containsPattern("\n%%BoundingBox: 0 0 \\d+ \\d+\n")
        .contains("(a\\(b\\\\ ????", "(3s) Tj ET\n");
    assertThat(file.lines().filter(line -> line.startsWith("%%Page:"))).hasSize(1);
    assertThat(file.lines()).allMatch(line -> line.length() < 255);
  }

  @Test
  void ghostscriptPaintsIt() throws IOException {
    InstalledProgram ghostscript = InstalledProgram.orSkip("gs");
    try (var out = Files.newOutputStream(directory.resolve("graph.ps"))) {
      PostScriptWriter.write(TestPictures.of("shop.Café.«init»…"), out);
    }

    String messages =
        ghostscript.run(
            directory,
            "-q",
            "-dSAFER",
            "-dBATCH",
            "-dNOPAUSE",
            "-sDEVICE=png16m",
            "-r144",
            "-sOutputFile=page.png",
            "graph.ps");

    assertThat(messages).isEmpty();
    BufferedImage page = ImageIO.read(directory.resolve("page.png").toFile());
    assertThat(TestPictures.count(page, TestPictures.PINK)).isGreaterThan(1000);
    assertThat(TestPictures.count(page, TestPictures.RED)).isGreaterThan(100);
  }

  @Test
  void ghostscriptFindsItsText() throws IOException {
    InstalledProgram ghostscript = InstalledProgram.orSkip("gs");
    try (var out = Files.newOutputStream(directory.resolve("graph.ps"))) {
      PostScriptWriter.write(TestPictures.of("shop.Café.«init»…-'"), out);
    }

    String text =
        ghostscript.run(
            directory,
            "-q",
            "-dSAFER",
            "-dBATCH",
            "-dNOPAUSE",
            "-sDEVICE=txtwrite",
            "-sOutputFile=-",
            "graph.ps");

    assertThat(text).contains("shop.Café.«init»…-'", "1s (50%)", "work", "3s");
  }

  private static String file(DrawGraph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PostScriptWriter.write(graph, out);
    return out.toString(ISO_8859_1);
  }
}
