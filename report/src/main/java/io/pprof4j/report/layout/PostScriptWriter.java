// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Draws graphs as PostScript files of one page (language level 2, document structuring conventions
 * 3.0). The font is Helvetica; characters that it does not have are question marks.
 */
public final class PostScriptWriter {
  private PostScriptWriter() {}

  /**
   * Lays a graph out and writes it. The same graph always gives the same bytes, all of them ASCII.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(DrawGraph graph, OutputStream out) throws IOException {
    PageContent.Page page = PageContent.of(Picture.of(graph));
    String box = "0 0 " + (long) Math.ceil(page.width()) + " " + (long) Math.ceil(page.height());
    StringBuilder file = new StringBuilder("%!PS-Adobe-3.0\n%%Creator: pprof4j\n");
    file.append("%%Title: ").append(title(graph.title())).append('\n');
    file.append("%%LanguageLevel: 2\n%%Pages: 1\n%%BoundingBox: ").append(box);
    file.append("\n%%EndComments\n%%BeginProlog\n").append(prologue()).append("%%EndProlog\n");
    file.append("%%Page: 1 1\n%%PageBoundingBox: ").append(box).append("\n%%BeginPageSetup\n");
    file.append("<< /PageSize [").append(Decimal.of(page.width())).append(' ');
    file.append(Decimal.of(page.height())).append("] >> setpagedevice\n%%EndPageSetup\n");
    file.append("graphdict begin\n").append(page.operators()).append("end\nshowpage\n%%EOF\n");
    out.write(file.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String title(String title) {
    String line = WinAnsi.replaceOthers(title);
    // Comments have at most 255 characters.
    return WinAnsi.literal(line.substring(0, Math.min(line.length(), 50)));
  }

  private static String prologue() throws IOException {
    try (InputStream in = PostScriptWriter.class.getResourceAsStream("prologue.ps")) {
      if (in == null) {
        throw new IllegalStateException("prologue.ps is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.substring(text.indexOf("/graphdict"));
    }
  }
}
