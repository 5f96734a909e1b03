// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.TopReport;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Prints a {@link TopReport} as comma-separated values (RFC 4180, with the line ends of Unix);
 * numbers are in the unit that the header names.
 */
public final class CsvPrinter {
  private CsvPrinter() {}

  /** Prints to a stream, which is not closed. */
  public static void print(TopReport top, OutputStream target) throws IOException {
    TextOutput out = new TextOutput(target);
    String column = top.values().type() + "/" + top.values().unit();
    out.line(line(List.of("name", "inline", "flat " + column, "flat%", "cum " + column, "cum%")));
    for (TopReport.Row row : top.rows()) {
      out.line(
          line(
              List.of(
                  row.name(),
                  row.inlining().mark(),
                  Long.toString(row.flat().number()),
                  percent(row.flat()),
                  Long.toString(row.cum().number()),
                  percent(row.cum()))));
    }
    out.flush();
  }

  private static String percent(TopReport.Value value) {
    return value.percent().strip().replace("%", "");
  }

  private static String line(List<String> fields) {
    return String.join(",", fields.stream().map(CsvPrinter::field).toList());
  }

  private static String field(String text) {
    String safe = isFormula(text) ? "'" + text : text;
    boolean special = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  /** Spreadsheets run a text that starts like a formula; numbers are left alone. */
  private static boolean isFormula(String text) {
    return !text.isEmpty()
        && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
        && !text.matches("-?[0-9]+(\\.[0-9]+)?(e[+-][0-9]+)?");
  }
}
