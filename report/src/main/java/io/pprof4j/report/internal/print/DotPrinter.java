// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.internal.text.TextOutput;
import io.pprof4j.report.layout.DrawEdge;
import io.pprof4j.report.layout.DrawGraph;
import io.pprof4j.report.layout.DrawNode;
import io.pprof4j.report.layout.Label;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a graph in the language of Graphviz, in pprof's layout. All texts are escaped, and no
 * attribute is a link.
 */
public final class DotPrinter {
  private final DrawGraph graph;
  private final TextOutput out;

  private DotPrinter(DrawGraph graph, OutputStream target) {
    this.graph = graph;
    this.out = new TextOutput(target);
  }

  /** Prints to a stream, which is not closed. */
  public static void print(DrawGraph graph, OutputStream target) throws IOException {
    DotPrinter printer = new DotPrinter(graph, target);
    printer.print();
    printer.out.flush();
  }

  private void print() throws IOException {
    String title = graph.title().isEmpty() ? "unnamed" : graph.title();
    out.line("digraph \"" + escape(title) + "\" {");
    out.line("node [style=filled fillcolor=\"#f8f8f8\"]");
    legend();
    DrawEdge[] edgeInto = new DrawEdge[graph.nodes().size()];
    graph.edges().forEach(edge -> edgeInto[edge.to()] = edge);
    for (int node = 0; node < graph.nodes().size(); node++) {
      node(graph.nodes().get(node));
      if (isNodelet(node)) {
        edge(edgeInto[node]);
      }
    }
    for (DrawEdge edge : graph.edges()) {
      if (!isNodelet(edge.to())) {
        edge(edge);
      }
    }
    out.line("}");
  }

  private boolean isNodelet(int node) {
    return graph.nodes().get(node).shape() == DrawNode.Shape.BOX3D;
  }

  private void legend() throws IOException {
    List<String> legend = graph.legend();
    if (legend.isEmpty()) {
      return;
    }
    String label = joined(legend, "\\l");
    out.text("subgraph cluster_L { \"" + escape(legend.get(0)) + "\" [shape=box fontsize=16");
    out.text(" label=\"" + label + "\\l\"");
    if (!graph.title().isEmpty()) {
      out.text(" tooltip=\"" + escape(graph.title()) + "\"");
    }
    out.line("] }");
  }

  private void node(DrawNode node) throws IOException {
    if (node.id().isEmpty()) {
      return;
    }
    boolean nodelet = node.shape() == DrawNode.Shape.BOX3D;
    out.text(node.name() + (nodelet ? " [label = \"" : " [label=\"") + text(node.label()));
    out.text("\" id=\"" + node.id() + "\" fontsize=" + node.label().fontSize());
    out.text(" shape=" + (nodelet ? "box3d" : "box"));
    out.text(" tooltip=\"" + escape(node.tooltip()) + "\"");
    if (!nodelet) {
      out.text(" color=\"" + node.stroke().hex() + "\" fillcolor=\"" + node.fill().hex() + "\"");
    }
    out.line("]");
  }

  private void edge(DrawEdge edge) throws IOException {
    String from = graph.nodes().get(edge.from()).name();
    String to = graph.nodes().get(edge.to()).name();
    out.text(from + " -> " + to + " [label=\"" + text(edge.label()) + "\"");
    if (edge.pull().weight() > 1) {
      out.text(" weight=" + edge.pull().weight());
    }
    if (edge.pen().width() > 1) {
      out.text(" penwidth=" + edge.pen().width());
    }
    if (!edge.pen().color().isDefault()) {
      out.text(" color=\"" + edge.pen().color().hex() + "\"");
    }
    String tooltip = escape(edge.tooltip());
    out.text(" tooltip=\"" + tooltip + "\" labeltooltip=\"" + tooltip + "\"");
    if (edge.pen().style() == DrawEdge.Pen.Style.DOTTED) {
      out.text(" style=\"dotted\"");
    }
    if (edge.pull().minLen() > 1) {
      out.text(" minlen=" + edge.pull().minLen());
    }
    out.line("]");
  }

  private static String text(Label label) {
    return joined(label.lines(), "\\n");
  }

  private static String joined(List<String> lines, String separator) {
    List<String> escaped = new ArrayList<>(lines.size());
    for (String line : lines) {
      escaped.add(escape(line));
    }
    return String.join(separator, escaped);
  }

  /** Line breaks become left-justifying ones. */
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\l");
  }
}
