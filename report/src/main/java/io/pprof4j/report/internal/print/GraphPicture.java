// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.internal.graph.Adjacency;
import io.pprof4j.report.internal.graph.Edges;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.graph.TrimmedGraph;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.text.ValueFormat;
import io.pprof4j.report.layout.DrawEdge;
import io.pprof4j.report.layout.DrawGraph;
import io.pprof4j.report.layout.DrawNode;
import io.pprof4j.report.layout.Label;
import io.pprof4j.report.layout.Rgb;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Settles how the graph of a report looks: texts, sizes and colours of nodes and edges, as pprof
 * chooses them.
 */
public final class GraphPicture {
  private static final int SMALLEST_FONT = 8;
  private static final double FONT_GROWTH = 16;
  private static final int HIDDEN = -1;

  private final Report report;
  private final TrimmedGraph trimmed;
  private final Graph graph;
  private final ValueFormat format;
  private final List<DrawNode> nodes = new ArrayList<>();
  private final List<DrawEdge> edges = new ArrayList<>();
  private final Adjacency outgoing;

  /** Index in the picture, by node; {@link #HIDDEN} if it is not shown. */
  private final int[] index;

  private final boolean[] hasNodelets;

  private final UnaryOperator<String> shortener;

  private GraphPicture(Report report, UnaryOperator<String> shortener) {
    this.report = report;
    this.shortener = shortener;
    boolean callTree = report.options().get(ReportOption.CALL_TREE);
    this.trimmed =
        new GraphTrimmer(report, report.mergingRules(), GraphTrimmer.Needs.PICTURE, callTree)
            .trim();
    this.graph = trimmed.graph();
    this.format = graph.suited(report.valueFormat(), report.total(), false);
    this.outgoing = Adjacency.out(graph.edges, graph.size());
    this.index = new int[graph.size()];
    this.hasNodelets = new boolean[graph.size()];
    Arrays.fill(index, HIDDEN);
  }

  /** The graph to draw. */
  public static DrawGraph toDraw(Report report, ZoneId zone) {
    GraphPicture picture = new GraphPicture(report, PictureNames::shorten);
    picture.addNodes();
    picture.addEdges(HIDDEN);
    return picture.build(zone);
  }

  /**
   * The graph for DOT. Like pprof, it keeps edges to nodes that have no value and are not shown:
   * all lead to a node N0, which has no id because it is not declared. Names are those of pprof, so
   * that scripts which read DOT find the same text.
   */
  public static DrawGraph forDot(Report report, ZoneId zone) {
    GraphPicture picture = new GraphPicture(report, PictureNames::shortenAsPprof);
    picture.addNodes();
    int undeclared = picture.nodes.size();
    if (picture.leadsToHidden()) {
      picture.nodes.add(
          new DrawNode(
              "N0",
              "",
              Label.centered(List.of("N0")),
              DrawNode.Shape.BOX,
              Rgb.DEFAULT,
              Rgb.DEFAULT,
              ""));
    }
    picture.addEdges(undeclared);
    return picture.build(zone);
  }

  private DrawGraph build(ZoneId zone) {
    List<String> legend = new ReportLabels(report, format, zone).ofPicture(trimmed.shown());
    return new DrawGraph(report.title(), legend, nodes, edges);
  }

  private boolean leadsToHidden() {
    for (int node : graph.shown) {
      for (int edge : outgoing.edges(node)) {
        if (index[graph.edges.target[edge]] == HIDDEN) {
          return true;
        }
      }
    }
    return false;
  }

  private void addNodes() {
    double largest = 0;
    for (int node : graph.shown) {
      largest = Math.max(largest, (double) Math.abs(graph.flatValue(node)));
    }
    for (int at = 0; at < graph.shown.length; at++) {
      int node = graph.shown[at];
      index[node] = nodes.size();
      nodes.add(node(node, at + 1, largest));
      Nodelets nodelets = new Nodelets(trimmed.labels(), format, nodes, edges);
      hasNodelets[node] = nodelets.add(node, index[node], outgoing.count(node) > 0);
    }
  }

  private DrawNode node(int node, int number, double largest) {
    long flat = graph.flatValue(node);
    long cum = graph.cumValue(node);
    List<String> lines = new ArrayList<>(PictureNames.lines(graph.info(node), shortener));
    String own = flat == 0 ? "0" : withShare(flat);
    if (cum == flat) {
      lines.add(own);
    } else if (flat == 0) {
      lines.add(own + " of " + withShare(cum));
    } else {
      lines.add(own);
      lines.add("of " + withShare(cum));
    }
    double score = (double) cum / (double) Math.abs(report.total());
    return new DrawNode(
        "N" + number,
        "node" + number,
        Label.centered(lines, fontSize(flat, largest)),
        DrawNode.Shape.BOX,
        PictureColors.foreground(score),
        PictureColors.background(score),
        graph.name(node) + " (" + format.text(cum) + ")");
  }

  private String withShare(long value) {
    return format.text(value) + " (" + Measurement.percentage(value, report.total()).strip() + ")";
  }

  /** Not linear, to make differences between small values visible. */
  private static int fontSize(long flat, double largest) {
    double share = Math.abs(flat) / largest;
    return flat == 0 || !(share <= 1)
        ? SMALLEST_FONT
        : SMALLEST_FONT + (int) Math.ceil(FONT_GROWTH * Math.sqrt(share));
  }

  /** Heavy edges first, as a hint to the layout. */
  private void addEdges(int undeclared) {
    List<Integer> all = new ArrayList<>();
    for (int node : graph.shown) {
      for (int edge : outgoing.edges(node)) {
        all.add(edge);
      }
    }
    all.sort(graph.edgeOrder());
    for (int edge : all) {
      int target = index[graph.edges.target[edge]];
      if (target != HIDDEN) {
        edges.add(edge(edge, target));
      } else if (undeclared != HIDDEN) {
        edges.add(edge(edge, undeclared));
      }
    }
  }

  private DrawEdge edge(int edge, int target) {
    Edges all = graph.edges;
    int source = all.source[edge];
    long value = all.value(edge);
    String text = format.text(value);
    boolean residual = all.residual[edge];
    String tooltip =
        graph.name(source)
            + (residual ? " ... " : " -> ")
            + graph.name(all.target[edge])
            + " ("
            + text
            + ")";
    List<String> label = all.inline[edge] ? List.of(" " + text, " (inline)") : List.of(" " + text);
    return new DrawEdge(
        index[source],
        target,
        Label.centered(label),
        new DrawEdge.Pull(1 + share(value, 100), hasNodelets[source] ? 2 : 1),
        pen(value, residual),
        tooltip);
  }

  private DrawEdge.Pen pen(long value, boolean residual) {
    long total = report.total();
    return new DrawEdge.Pen(
        1 + share(value, 5),
        total == 0
            ? Rgb.DEFAULT
            : PictureColors.foreground((double) value / (double) Math.abs(total)),
        residual ? DrawEdge.Pen.Style.DOTTED : DrawEdge.Pen.Style.SOLID);
  }

  /** The share of the total in parts, at most all of them; in a difference it may be above. */
  private int share(long value, int parts) {
    long total = report.total();
    return total == 0 ? 0 : (int) Math.max(0, Math.min(Math.abs(value * parts / total), parts));
  }
}
