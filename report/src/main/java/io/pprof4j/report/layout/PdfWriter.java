// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/**
 * Draws graphs as PDF files of one page (ISO 32000-1, PDF 1.4): lines and text, which can be
 * searched and magnified. The font is Helvetica, which every viewer has; characters that it does
 * not have are question marks.
 */
public final class PdfWriter {
  /** The comment with bytes above 127 tells other programs that the file is not text. */
  private static final String HEAD = "%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n";

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  private PdfWriter() {}

  /**
   * Lays a graph out and writes it. The same graph always gives the same bytes.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(DrawGraph graph, OutputStream out) throws IOException {
    PdfWriter writer = new PdfWriter();
    writer.document(PageContent.of(Picture.of(graph)), graph.title());
    writer.file.writeTo(out);
  }

  private void document(PageContent.Page page, String title) throws IOException {
    bytes(HEAD);
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    object(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 "
            + Decimal.of(page.width())
            + " "
            + Decimal.of(page.height())
            + "] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>");
    stream(page.operators());
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    object("<< /Title " + text(title) + " /Producer (pprof4j) >>");
    trailer();
  }

  private void object(String content) {
    begin();
    bytes(content + "\nendobj\n");
  }

  private void begin() {
    offsets.add(file.size());
    bytes(offsets.size() + " 0 obj\n");
  }

  private void stream(String operators) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(operators.getBytes(StandardCharsets.US_ASCII));
    }
    begin();
    bytes("<< /Length " + packed.size() + " /Filter /FlateDecode >>\nstream\n");
    packed.writeTo(file);
    bytes("\nendstream\nendobj\n");
  }

  /** The table of offsets, whose rows have 20 bytes. */
  private void trailer() {
    int start = file.size();
    bytes("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
    for (int offset : offsets) {
      bytes("%010d 00000 n \n".formatted(offset));
    }
    bytes("trailer\n<< /Size " + (offsets.size() + 1) + " /Root 1 0 R /Info 6 0 R >>\n");
    bytes("startxref\n" + start + "\n%%EOF\n");
  }

  /** A text string in UTF-16 with its mark, in hexadecimal. */
  private static String text(String text) {
    StringBuilder hex = new StringBuilder("<FEFF");
    for (int index = 0; index < text.length(); index++) {
      hex.append("%04X".formatted((int) text.charAt(index)));
    }
    return hex.append('>').toString();
  }

  private void bytes(String text) {
    file.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
