// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.Reports;
import io.pprof4j.report.WebListing;
import io.pprof4j.report.WebListing.LineKind;
import io.pprof4j.report.WebListing.ListedFunction;
import io.pprof4j.report.WebListing.ListedInstruction;
import io.pprof4j.report.WebListing.ListedLine;

/** Annotated source: a table for each function, whose lines unfold what was compiled from them. */
final class SourceView {
  private static final int MAX_FILES = 50;
  private static final String NO_LINES =
      Pages.nothing("No function that matches has lines to show.");

  private final StringBuilder out = new StringBuilder();

  private SourceView() {}

  static Views.Part of(ViewRequest request) throws ReportException {
    WebListing listing;
    try {
      listing =
          Reports.webListing(
              request.profile(),
              request.report(ReportFormat.WEBLIST, request.options()),
              request.context(),
              MAX_FILES);
    } catch (ReportException none) {
      if (!request.isOfNothing(none)) {
        throw none;
      }
      return Views.Part.of(NO_LINES);
    }
    if (listing.functions().isEmpty()) {
      return new Views.Part(NO_LINES, "", listing.legend());
    }
    SourceView view = new SourceView();
    view.out.append("<div id=\"listing\" class=\"listing\">\n");
    for (ListedFunction function : listing.functions()) {
      view.function(function);
    }
    return new Views.Part(view.out.append("</div>\n").toString(), "", listing.legend());
  }

  private void function(ListedFunction function) {
    out.append("<section class=\"function\">\n<h2 data-name=\"");
    out.append(Markup.escape(function.name())).append("\">").append(Markup.escape(function.name()));
    out.append("</h2>\n<p class=\"filename\">").append(Markup.escape(function.file()));
    out.append("</p>\n");
    if (!function.note().isEmpty()) {
      out.append("<p class=\"note\">").append(Markup.escape(function.note())).append("</p>\n");
    }
    out.append("<table class=\"code\"><thead><tr><th>Line</th><th>Flat</th><th>Cum</th>");
    out.append("<th>Total ").append(Markup.escape(function.flat())).append(" flat, ");
    out.append(Markup.escape(function.cum())).append(" cum (");
    out.append(Markup.escape(function.percent().strip())).append(")</th></tr></thead>\n<tbody>\n");
    for (ListedLine line : function.lines()) {
      line(line);
    }
    out.append("</tbody></table>\n</section>\n");
  }

  private void line(ListedLine line) {
    boolean unfolds = !line.instructions().isEmpty();
    String kind = line.kind() == LineKind.EMPTY ? "nop" : "hot";
    out.append("<tr class=\"").append(kind).append(unfolds ? " unfolds" : "");
    out.append(unfolds ? "\" tabindex=\"0\" aria-expanded=\"false\">" : "\">");
    out.append("<td class=\"ln\">").append(line.number() == 0 ? "" : line.number());
    out.append("</td><td>").append(value(line.flat())).append("</td><td>");
    out.append(value(line.cum())).append("</td><td class=\"src\">");
    out.append(Markup.escape(line.source())).append("</td></tr>\n");
    if (unfolds) {
      out.append("<tr class=\"asm\" hidden><td colspan=\"4\"><pre>");
      line.instructions().forEach(this::instruction);
      out.append("</pre></td></tr>\n");
    }
  }

  private static String value(String text) {
    return text.equals(".") ? "" : Markup.escape(text);
  }

  private void instruction(ListedInstruction instruction) {
    if (instruction.startsBlock()) {
      out.append("                             ⋮\n");
    }
    for (WebListing.InlinedCall call : instruction.calls()) {
      out.append(" ".repeat(32)).append("<span class=\"inlined\">");
      out.append(Markup.escape(call.source())).append("</span> <span class=\"place\">");
      out.append(Markup.escape(call.file())).append(':').append(call.line()).append("</span>\n");
    }
    if (!instruction.synthetic()) {
      out.append(
          "%10s %10s %8x: "
              .formatted(instruction.flat(), instruction.cum(), instruction.address()));
      out.append(Markup.escape(instruction.text())).append(" <span class=\"place\">");
      out.append(Markup.escape(instruction.place())).append("</span>\n");
    }
  }
}
