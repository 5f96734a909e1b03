// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.WebListing;
import io.pprof4j.report.WebListing.InlinedCall;
import io.pprof4j.report.WebListing.LineKind;
import io.pprof4j.report.WebListing.ListedFunction;
import io.pprof4j.report.WebListing.ListedInstruction;
import io.pprof4j.report.WebListing.ListedLine;
import io.pprof4j.report.internal.text.Html;
import io.pprof4j.report.internal.text.TextOutput;
import java.io.IOException;
import java.io.OutputStream;

/** Prints a {@link WebListing} as a page of its own. */
public final class WebListPrinter {
  private static final String STYLE =
      """
      <style type="text/css">
      body { font-family: sans-serif; color-scheme: light dark; }
      h2 { margin-bottom: 0; }
      .legend { font-size: 1.25em; }
      .line, .nop, .unimportant { color: #888; }
      .inlinesrc { color: #4060c0; }
      .livesrc { cursor: pointer; }
      .livesrc:hover { background-color: #8883; }
      .asm { color: #208020; display: none; }
      .asm.open { display: block; }
      </style>
      """;

  private static final String SCRIPT =
      """
      <script type="text/javascript">
      function pprof_toggle_asm(event) {
        const asm = event.target.nextElementSibling;
        if (asm && asm.classList.contains("asm")) {
          asm.classList.toggle("open");
          event.preventDefault();
        }
      }
      </script>
      """;

  private final WebListing listing;
  private final TextOutput out;

  private WebListPrinter(WebListing listing, OutputStream target) {
    this.listing = listing;
    this.out = new TextOutput(target);
  }

  /** Prints to a stream, which is not closed. */
  public static void print(WebListing listing, OutputStream target) throws IOException {
    WebListPrinter printer = new WebListPrinter(listing, target);
    printer.head();
    for (ListedFunction function : listing.functions()) {
      printer.function(function);
    }
    printer.out.line("</body>");
    printer.out.line("</html>");
    printer.out.flush();
  }

  private void head() throws IOException {
    out.line("<!DOCTYPE html>");
    out.line("<html>");
    out.line("<head>");
    out.line("  <meta charset=\"utf-8\">");
    out.line("  <title>" + Html.escape(listing.title()) + "</title>");
    out.text("  ").text(STYLE).text("  ").line(SCRIPT.strip());
    out.line("</head>");
    out.line("<body>");
    out.endOfLine();
    String legend = String.join("<br>\n", listing.legend().stream().map(Html::escape).toList());
    out.text("<div class=\"legend\">" + legend);
    out.text("<br>Total: " + Html.escape(listing.total()) + "</div>");
  }

  private void function(ListedFunction function) throws IOException {
    out.text("<h2>" + Html.escape(function.name()) + "</h2>");
    out.line("<p class=\"filename\">" + Html.escape(function.file()) + "</p>");
    if (!function.note().isEmpty()) {
      out.line("<p class=\"note\">" + Html.escape(function.note()) + "</p>");
    }
    out.line("<pre onClick=\"pprof_toggle_asm(event)\">");
    out.text("  Total:  ").left(function.flat(), 10).text(" ").left(function.cum(), 10);
    out.text(" (flat, cum) ").text(function.percent());
    for (ListedLine line : function.lines()) {
      out.endOfLine();
      line(line);
    }
    out.endOfLine();
    out.line("</pre>");
  }

  private void line(ListedLine line) throws IOException {
    out.text("<span class=line> ").left(Long.toString(line.number()), 6).text("</span> ");
    out.text("<span class=" + cssClass(line.kind()) + ">  ").left(line.flat(), 10).text(" ");
    out.left(line.cum(), 10).text("           ").text(Html.escape(line.source())).text(" </span>");
    if (!line.instructions().isEmpty()) {
      out.text("<span class=asm>");
      for (ListedInstruction instruction : line.instructions()) {
        instruction(instruction);
      }
      out.text("</span>");
    }
  }

  private static String cssClass(LineKind kind) {
    return switch (kind) {
      case EMPTY -> "nop";
      case PLAIN -> "deadsrc";
      case FOLDED -> "livesrc";
    };
  }

  private void instruction(ListedInstruction instruction) throws IOException {
    if (instruction.startsBlock()) {
      out.text(" ").left("", 8).text(" ").left("⋮", 28).endOfLine();
    }
    for (InlinedCall call : instruction.calls()) {
      out.left("", 42).text("<span class=inlinesrc>").text(Html.escape(call.source()));
      out.text("</span> <span class=unimportant>").text(Html.escape(call.file()));
      out.line(":" + call.line() + "</span>");
    }
    if (!instruction.synthetic()) {
      out.left("", 10).left(instruction.flat(), 10).text(" ").left(instruction.cum(), 10);
      out.text(" ").left(Long.toHexString(instruction.address()), 8).text(": ");
      out.text(Html.escape(instruction.text())).text(" <span class=unimportant>");
      out.text(Html.escape(instruction.place())).line("</span>");
    }
  }
}
