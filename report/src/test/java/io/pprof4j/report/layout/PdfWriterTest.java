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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfWriterTest {
  private static final String HOSTILE = "a(b)c\\d\nendstream %PDF é… ключ";

  @TempDir Path directory;

  @Test
  void tellsWhereEachObjectIs() throws Exception {
    String pdf = pdf(TestPictures.of(HOSTILE));

    assertThat(pdf).startsWith("%PDF-1.4\n").endsWith("%%EOF\n");
    int table = Integer.parseInt(last(pdf, "startxref\n(\\d+)\n"));
    String[] lines = pdf.substring(table).split("\n", -1);
    assertThat(lines[0]).isEqualTo("xref");
    int count = Integer.parseInt(lines[1].substring(2));
    assertThat(last(pdf, "/Size (\\d+)")).isEqualTo(String.valueOf(count));
    assertThat(lines[2]).isEqualTo("0000000000 65535 f ");
    for (int object = 1; object < count; object++) {
      assertThat(lines[object + 2]).hasSize(19).endsWith(" 00000 n ");
      int offset = Integer.parseInt(lines[object + 2].substring(0, 10));
      assertThat(pdf.substring(offset)).startsWith(object + " 0 obj\n");
    }
  }

  @Test
  void drawsBoxesEdgesAndTextInTheirColors() throws Exception {
    String operators = operators(pdf(TestPictures.of(HOSTILE)));

    assertThat(operators)
        .contains("0.698 0.0 0.0 RG\n6 w [1 5] 0 d 1 J\n") // the dotted edge
        .contains("0.929 0.835 0.835 rg\n0.698 0.0 0.0 RG\n1 w [] 0 d 0 J\n")
        .contains("BT /F 14 Tf ", "(3s) Tj ET")
        // what the font does not have is a question mark, and nothing ends a string early
        .contains("(a\\(b\\)c\\\\d?endstream %PDF \\351\\205 ????) Tj");
    assertThat(operators.chars())
        .allMatch(letter -> letter == '\n' || (letter >= ' ' && letter <= '~'));
  }

  @Test
  void keepsHugeDrawingsWithinWhatViewersOpen() throws Exception {
    String pdf = pdf(TestPictures.chain(3000, DrawEdge.Pen.DEFAULT));

    assertThat(Double.parseDouble(last(pdf, "MediaBox \\[0 0 [\\d.]+ ([\\d.]+)]")))
        .isEqualTo(14400);
  }

  @Test
  void popplerFindsItsTextAndPaintsIt() throws Exception {
    InstalledProgram toText = InstalledProgram.orSkip("pdftotext");
    InstalledProgram toPicture = InstalledProgram.orSkip("pdftoppm");
    Path file = directory.resolve("graph.pdf");
    try (var out = Files.newOutputStream(file)) {
      PdfWriter.write(TestPictures.of("shop.Café.«init»…"), out);
    }

    String text = toText.run(directory, "graph.pdf", "-");
    String messages = toPicture.run(directory, "-png", "-singlefile", "graph.pdf", "page");

    assertThat(text).contains("shop.Café.«init»…", "File: shop", "1s (50%)", "work", "3s");
    assertThat(messages).isEmpty();
    BufferedImage page = ImageIO.read(directory.resolve("page.png").toFile());
    assertThat(TestPictures.count(page, TestPictures.PINK)).isGreaterThan(1000);
    assertThat(TestPictures.count(page, TestPictures.RED)).isGreaterThan(100);
  }

  private static String pdf(DrawGraph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PdfWriter.write(graph, out);
    return out.toString(ISO_8859_1);
  }

  private static String operators(String pdf) throws DataFormatException {
    int start = pdf.indexOf("stream\n") + 7;
    int length = Integer.parseInt(last(pdf, "/Length (\\d+)"));
    assertThat(pdf.substring(start + length)).startsWith("\nendstream\n");
    Inflater inflater = new Inflater();
    inflater.setInput(pdf.substring(start, start + length).getBytes(ISO_8859_1));
    byte[] text = new byte[1 << 20];
    String operators = new String(text, 0, inflater.inflate(text), ISO_8859_1);
    inflater.end();
    return operators;
  }

  private static String last(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    String found = "";
    while (matcher.find()) {
      found = matcher.group(1);
    }
    assertThat(found).as(pattern).isNotEmpty();
    return found;
  }
}
