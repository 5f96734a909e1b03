// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.LayoutGraph.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * A drawing with sizes and positions: what every writer of pictures starts from. The legend, if
 * there is one, is laid out as one more node after the graph's own.
 *
 * @param graph what is drawn, long lines shortened
 * @param sizes of the nodes, in points
 * @param layout the positions
 */
record Picture(DrawGraph graph, List<Size> sizes, Layout layout) {
  /** The fraction of the font size from one line to the next. */
  static final double LINE_HEIGHT = 1.2;

  static final int LEGEND_FONT_SIZE = 16;

  /* Graphviz's box: at least 3/4 by 1/2 inch, text 0.11 and 0.055 inches from the outline. */
  private static final double LEAST_WIDTH = 54;
  private static final double LEAST_HEIGHT = 36;
  private static final double PAD_X = 8;
  private static final double PAD_Y = 4;

  /** Longer lines are cut in the middle; the tooltip still has them whole. */
  private static final int LONGEST_LINE = 160;

  private static final int MOST_LINES = 60;

  static Picture of(DrawGraph graph) {
    DrawGraph shown = shortened(graph);
    LayoutGraph measured = measured(shown);
    return new Picture(shown, measured.nodes(), LayeredLayout.of(measured));
  }

  /** What is to be laid out: the legend, if there is one, and the graph. */
  static LayoutGraph measured(DrawGraph shown) {
    List<Size> sizes = new ArrayList<>();
    if (!shown.legend().isEmpty()) {
      sizes.add(box(legendLabel(shown)));
    }
    int offset = sizes.size();
    for (DrawNode node : shown.nodes()) {
      sizes.add(box(node.label()));
    }
    List<LayoutGraph.Edge> edges = new ArrayList<>();
    for (DrawEdge edge : shown.edges()) {
      edges.add(
          new LayoutGraph.Edge(
              edge.from() + offset,
              edge.to() + offset,
              edge.pull().weight(),
              edge.pull().minLen(),
              text(edge.label())));
    }
    return new LayoutGraph(sizes, edges);
  }

  /** Where the graph's own nodes begin among those laid out: the legend comes first. */
  int firstNode() {
    return graph.legend().isEmpty() ? 0 : 1;
  }

  static Label legendLabel(DrawGraph graph) {
    return Label.left(graph.legend(), LEGEND_FONT_SIZE);
  }

  private static Size box(Label label) {
    Size text = text(label);
    return new Size(
        Math.max(LEAST_WIDTH, Math.ceil(text.width() + 2 * PAD_X)),
        Math.max(LEAST_HEIGHT, Math.ceil(text.height() + 2 * PAD_Y)));
  }

  private static Size text(Label label) {
    double width = 0;
    for (String line : label.lines()) {
      width = Math.max(width, TextWidths.of(line, label.fontSize()));
    }
    return new Size(width, label.lines().size() * label.fontSize() * LINE_HEIGHT);
  }

  private static DrawGraph shortened(DrawGraph graph) {
    return new DrawGraph(
        graph.title(),
        shortened(graph.legend()),
        graph.nodes().stream()
            .map(
                node ->
                    new DrawNode(
                        node.name(),
                        node.id(),
                        shortened(node.label()),
                        node.shape(),
                        node.stroke(),
                        node.fill(),
                        node.tooltip()))
            .toList(),
        graph.edges().stream()
            .map(
                edge ->
                    new DrawEdge(
                        edge.from(),
                        edge.to(),
                        shortened(edge.label()),
                        edge.pull(),
                        edge.pen(),
                        edge.tooltip()))
            .toList());
  }

  private static Label shortened(Label label) {
    return new Label(shortened(label.lines()), label.fontSize(), label.align());
  }

  private static List<String> shortened(List<String> lines) {
    return lines.stream().limit(MOST_LINES).map(Picture::shortened).toList();
  }

  private static String shortened(String line) {
    if (line.codePointCount(0, line.length()) <= LONGEST_LINE) {
      return line;
    }
    int head = line.offsetByCodePoints(0, LONGEST_LINE / 2);
    int tail = line.offsetByCodePoints(line.length(), 1 - LONGEST_LINE / 2);
    return line.substring(0, head) + "…" + line.substring(tail);
  }
}
