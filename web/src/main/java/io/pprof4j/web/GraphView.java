// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.Reports;
import io.pprof4j.report.layout.DrawGraph;
import io.pprof4j.report.layout.DrawNode;
import io.pprof4j.report.layout.SvgWriter;
import java.util.List;

/** The call graph, laid out and drawn here; a script only moves and magnifies it. */
final class GraphView {
  /** Laying out takes seconds above this, and nobody can read the drawing. */
  private static final int MOST_NODES = 3000;

  private GraphView() {}

  private static String tooLarge(int nodes, Query query) {
    String fewer = query.without("trim").without("nf").with("n", "80").link();
    return "<p class=\"nothing\">A graph of %d nodes is too large to draw.</p>\n".formatted(nodes)
        + "<p class=\"nothing\"><a href=\"%s\">Draw the 80 that matter most</a>, or see all of them"
            .formatted(Markup.escape(fewer))
        + " in the <a href=\"./flamegraph%s\">flame graph</a>.</p>\n"
            .formatted(Markup.escape(query.without("trim").without("n").link()));
  }

  static Views.Part of(ViewRequest request) throws ReportException {
    DrawGraph graph = Reports.graph(request.profile(), request.options(), request.context());
    List<String> legend = graph.legend();
    if (graph.nodes().isEmpty()) {
      return new Views.Part(Pages.nothing("There is no node to draw."), "", legend);
    }
    if (graph.nodes().size() > MOST_NODES) {
      return new Views.Part(tooLarge(graph.nodes().size(), request.query()), "", legend);
    }
    DrawGraph plain = new DrawGraph(graph.title(), List.of(), graph.nodes(), graph.edges());
    SvgWriter.Fragment drawing = SvgWriter.fragment(plain);
    StringBuilder body = new StringBuilder(drawing.svg().length() + 1000);
    body.append("<div id=\"canvas\" class=\"fill\" tabindex=\"0\" role=\"group\" ");
    body.append("aria-label=\"Call graph; arrow keys move, plus and minus magnify\">\n");
    body.append(Markup.visible(drawing.svg()))
        .append("</div>\n<canvas id=\"minimap\" aria-hidden=\"true\">");
    body.append("</canvas>\n").append(names(plain));
    return new Views.Part(body.toString(), darkOnly(drawing.css()), legend);
  }

  private static String darkOnly(String css) {
    return css;
  }

  /** What the script needs to know of nodes and edges: names, and who calls whom. */
  private static String names(DrawGraph graph) {
    StringBuilder json = new StringBuilder("{\"nodes\":[");
    String comma = "";
    for (DrawNode node : graph.nodes()) {
      json.append(comma).append("[").append(Markup.json(node.id())).append(',');
      json.append(Markup.json(functionName(node))).append(']');
      comma = ",";
    }
    json.append("],\"edges\":[");
    comma = "";
    for (var edge : graph.edges()) {
      json.append(comma).append('[').append(edge.from()).append(',').append(edge.to());
      json.append(']');
      comma = ",";
    }
    return Pages.data("graph-data", json.append("]}").toString());
  }

  /** A node's tooltip is its name and, in parentheses, its value. */
  private static String functionName(DrawNode node) {
    int value = node.tooltip().lastIndexOf(" (");
    boolean isFunction = node.id().startsWith("node") && value > 0;
    return isFunction ? node.tooltip().substring(0, value) : "";
  }
}
