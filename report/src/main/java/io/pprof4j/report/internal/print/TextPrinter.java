// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.TopReport;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;

/** Prints a {@link TopReport} as a table of text. */
public final class TextPrinter {
  private TextPrinter() {}

  /** Prints to a stream, which is not closed. */
  public static void print(TopReport top, OutputStream target) throws IOException {
    TextOutput out = new TextOutput(target);
    out.line(String.join("\n", top.labels()));
    out.line("      flat  flat%   sum%        cum   cum%");
    long sum = 0;
    for (TopReport.Row row : top.rows()) {
      sum += row.flat().number();
      out.left(row.flat().text(), 10).text(" ").text(row.flat().percent()).text(" ");
      out.text(Measurement.percentage(sum, top.total())).text(" ");
      out.left(row.cum().text(), 10).text(" ").text(row.cum().percent()).text("  ");
      out.text(row.name());
      if (row.inlining() != TopReport.Inlining.NONE) {
        out.text(" ").text(row.inlining().mark());
      }
      out.endOfLine();
    }
    out.flush();
  }
}
