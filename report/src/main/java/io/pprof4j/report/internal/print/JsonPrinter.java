// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.TopReport;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** Prints a {@link TopReport} as JSON; numbers are in the unit of the profile. */
public final class JsonPrinter {
  private final TextOutput out;

  private JsonPrinter(OutputStream target) {
    this.out = new TextOutput(target);
  }

  /** Prints to a stream, which is not closed. */
  public static void print(TopReport top, OutputStream target) throws IOException {
    JsonPrinter printer = new JsonPrinter(target);
    printer.print(top);
    printer.out.flush();
  }

  private void print(TopReport top) throws IOException {
    out.line("{");
    out.line("  \"type\": " + quote(top.values().type()) + ",");
    out.line("  \"unit\": " + quote(top.values().unit()) + ",");
    out.line("  \"total\": " + top.total() + ",");
    out.line("  \"labels\": [");
    Iterator<String> labels = top.labels().iterator();
    while (labels.hasNext()) {
      out.line("    " + quote(labels.next()) + (labels.hasNext() ? "," : ""));
    }
    out.line("  ],");
    out.line("  \"nodes\": [");
    Iterator<TopReport.Row> rows = top.rows().iterator();
    while (rows.hasNext()) {
      out.line("    " + row(rows.next()) + (rows.hasNext() ? "," : ""));
    }
    out.line("  ]");
    out.line("}");
  }

  private static String row(TopReport.Row row) {
    return "{\"name\": %s, \"inline\": %s, \"flat\": %d, \"flatText\": %s, \"cum\": %d, \"cumText\": %s}"
        .formatted(
            quote(row.name()),
            quote(row.inlining().mark()),
            row.flat().number(),
            quote(row.flat().text()),
            row.cum().number(),
            quote(row.cum().text()));
  }

  /** Bytes that were not UTF-8 stay visible as lone surrogates, which JSON can escape. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean lone =
          Character.isLowSurrogate(c)
              && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F || c == '\u2028' || c == '\u2029' || lone) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
