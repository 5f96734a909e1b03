// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.TopReport;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;

/** Prints a {@link TopReport} as a table in Markdown, as issues and chats show it. */
public final class MarkdownPrinter {
  private MarkdownPrinter() {}

  /** Prints to a stream, which is not closed. */
  public static void print(TopReport top, OutputStream target) throws IOException {
    TextOutput out = new TextOutput(target);
    for (String label : top.labels()) {
      out.line(escape(label) + "  ");
    }
    out.endOfLine();
    out.line("| flat | flat% | sum% | cum | cum% | name |");
    out.line("|---:|---:|---:|---:|---:|:---|");
    long sum = 0;
    for (TopReport.Row row : top.rows()) {
      sum += row.flat().number();
      out.text("| ").text(row.flat().text()).text(" | ").text(row.flat().percent().strip());
      out.text(" | ").text(Measurement.percentage(sum, top.total()).strip());
      out.text(" | ").text(row.cum().text()).text(" | ").text(row.cum().percent().strip());
      String mark = row.inlining().mark();
      out.line(" | " + escape(row.name()) + (mark.isEmpty() ? "" : " " + mark) + " |");
    }
    out.flush();
  }

  /** Every character that Markdown or the HTML in it could take for markup gets a backslash. */
  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        out.append(' ');
      } else {
        if ("\\`*_{}[]<>()#+!|~&$".indexOf(c) >= 0) {
          out.append('\\');
        }
        out.append(c);
      }
    }
    return out.toString();
  }
}
