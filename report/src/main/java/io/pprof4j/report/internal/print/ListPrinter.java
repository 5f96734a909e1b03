// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.internal.code.ListReport;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;

/** Prints a {@link ListReport} as text. */
public final class ListPrinter {
  private final ListReport list;
  private final TextOutput out;

  private ListPrinter(ListReport list, OutputStream target) {
    this.list = list;
    this.out = new TextOutput(target);
  }

  /** Prints to a stream, which is not closed. */
  public static void print(ListReport list, OutputStream target) throws IOException {
    ListPrinter printer = new ListPrinter(list, target);
    printer.out.line("Total: " + list.format().text(list.total()));
    for (ListReport.FunctionSource function : list.functions()) {
      printer.function(function);
    }
    printer.out.flush();
  }

  private void function(ListReport.FunctionSource function) throws IOException {
    if (function.files().isEmpty()) {
      out.line("No source information for " + function.name());
    }
    for (ListReport.FilePart part : function.files()) {
      out.line("ROUTINE ======================== " + function.name() + " in " + part.path());
      ListReport.LineValues values = part.values();
      out.left(list.format().text(values.flat()), 10).text(" ");
      out.left(list.format().text(values.cum()), 10).text(" (flat, cum) ");
      out.text(Measurement.percentage(values.cum(), list.total())).line(" of Total");
      if (!part.note().isEmpty()) {
        out.line(" Note: " + part.note());
      }
      if (part.error().isPresent()) {
        out.line(" Error: " + part.error().get());
        continue;
      }
      for (ListReport.SourceLine line : part.lines()) {
        line(line);
      }
    }
  }

  private void line(ListReport.SourceLine line) throws IOException {
    out.left(list.format().textOrDot(line.values().flat()), 10).text(" ");
    out.left(list.format().textOrDot(line.values().cum()), 10).text(" ");
    out.left(Long.toString(line.number()), 6).text(":").line(line.text());
  }
}
