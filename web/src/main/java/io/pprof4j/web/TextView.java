// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.Reports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reports that are text, as the command line prints them. */
final class TextView {
  /** What a page holds at most, unless its address asks for everything. */
  private static final int MAX_CHARS = 300_000;

  private TextView() {}

  static Views.Part peek(ViewRequest request) throws ReportException, IOException {
    ReportOptions lines = request.options().with(ReportOption.GRANULARITY, "lines");
    try {
      return text(request, ReportFormat.PEEK, lines, "-----");
    } catch (ReportException none) {
      if (!ViewRequest.isNoMatch(none)) {
        throw none;
      }
      // With lines a name ends in a place, while links from other views ask for whole functions.
      return text(request, ReportFormat.PEEK, request.options(), "-----");
    }
  }

  static Views.Part disassembly(ViewRequest request) throws ReportException, IOException {
    return text(request, ReportFormat.DISASM, request.options(), "ROUTINE ");
  }

  /** Text that is too long ends before a line that starts with {@code divider}. */
  private static Views.Part text(
      ViewRequest request, ReportFormat format, ReportOptions options, String divider)
      throws ReportException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Reports.print(request.profile(), request.report(format, options), request.context(), out);
    } catch (ReportException none) {
      if (!request.isOfNothing(none)) {
        throw none;
      }
      return Views.Part.of(
          Pages.nothing(
              format == ReportFormat.PEEK
                  ? "No function has a value."
                  : "No instructions of these functions can be read here."));
    }
    String text = out.toString(StandardCharsets.UTF_8);
    StringBuilder body = new StringBuilder();
    boolean cut = text.length() > MAX_CHARS && request.query().get("all").isEmpty();
    if (cut) {
      int end = text.lastIndexOf("\n" + divider, MAX_CHARS);
      body.append("<p class=\"note\">The heaviest functions of ");
      body.append(text.length() / 1000)
          .append(" kB of text. Search to choose others, or <a href=\"");
      body.append(Markup.escape(request.query().with("all", "t").link()));
      body.append("\">show everything</a>.</p>\n");
      text = text.substring(0, end > 0 ? end + 1 : MAX_CHARS);
    }
    body.append("<pre id=\"text\" class=\"")
        .append(format == ReportFormat.PEEK ? "peek" : "disasm");
    body.append("\" tabindex=\"0\">\n").append(Markup.escape(text)).append("</pre>\n");
    return Views.Part.of(body.toString());
  }
}
