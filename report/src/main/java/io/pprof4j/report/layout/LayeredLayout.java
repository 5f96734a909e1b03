// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws directed graphs in ranks from top to bottom, as Graphviz's dot does.
 *
 * <p>The result depends on nothing but the graph. The time is bounded: steps whose cost may grow
 * faster than the graph stop after a fixed amount of work, at the price of looks only.
 */
public final class LayeredLayout {
  /*
   * The steps are those of Gansner, Koutsofios, North and Vo, "A technique for drawing directed
   * graphs" (IEEE Transactions on Software Engineering 19/3, 1993): turn some edges so that there
   * are no cycles (CycleBreaker), give ranks (Ranking), cut edges into pieces between neighbouring
   * ranks (Layers), order each rank (CrossingReducer), place the nodes (HorizontalPlacement), draw
   * the edges (EdgeRouter).
   */
  private static final double RANK_GAP = 36;
  private static final double RANK_GAP_WITH_LABELS = 18;
  private static final double MARGIN = 4;
  private static final long ORDER_WORK = 15_000_000;
  private static final long PLACE_WORK = 15_000_000;

  private final LayoutGraph graph;
  private final boolean[] reversed;
  private final Layers layers;
  private final boolean labels;

  private LayeredLayout(LayoutGraph graph) {
    this.graph = graph;
    labels = graph.edges().stream().anyMatch(edge -> !edge.label().isEmpty());
    reversed = CycleBreaker.reversedEdges(graph);
    layers = new Layers(graph, reversed, Ranking.ranks(graph, reversed, labels ? 2 : 1));
  }

  /** Places the nodes, edges and labels of a graph. */
  public static Layout of(LayoutGraph graph) {
    return new LayeredLayout(graph).run();
  }

  private Layout run() {
    CrossingReducer.reduce(layers, ORDER_WORK);
    int[] placed = HorizontalPlacement.place(layers, PLACE_WORK);
    double[] x = new double[layers.count];
    for (int node = 0; node < x.length; node++) {
      x[node] = placed[node];
    }
    double[] rankHeight = rankHeights();
    double[] rankY = new double[rankHeight.length];
    double y = 0;
    for (int rank = 0; rank < rankY.length; rank++) {
      rankY[rank] = y + rankHeight[rank] / 2;
      y += rankHeight[rank] + (labels ? RANK_GAP_WITH_LABELS : RANK_GAP);
    }
    List<Arrow> arrows = new EdgeRouter(layers, reversed, x, rankY, rankHeight).route();
    List<Point> nodes = new ArrayList<>();
    for (int node = 0; node < layers.realNodes; node++) {
      nodes.add(new Point(x[node], rankY[layers.rank[node]]));
    }
    return new Bounds(graph, nodes, arrows).toOrigin(MARGIN);
  }

  private double[] rankHeights() {
    double[] height = new double[layers.order.length];
    for (int node = 0; node < layers.count; node++) {
      height[layers.rank[node]] = Math.max(height[layers.rank[node]], layers.height[node]);
    }
    return height;
  }

  /** The extent of all that is drawn. */
  private static final class Bounds {
    private final List<Point> nodes;
    private final List<Arrow> arrows;
    private double left = Double.POSITIVE_INFINITY;
    private double top = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double bottom = Double.NEGATIVE_INFINITY;

    Bounds(LayoutGraph graph, List<Point> nodes, List<Arrow> arrows) {
      this.nodes = nodes;
      this.arrows = arrows;
      for (int node = 0; node < nodes.size(); node++) {
        include(nodes.get(node), graph.nodes().get(node));
      }
      for (int edge = 0; edge < arrows.size(); edge++) {
        Arrow arrow = arrows.get(edge);
        arrow.curve().forEach(point -> include(point, LayoutGraph.Size.NONE));
        LayoutGraph.Size label = graph.edges().get(edge).label();
        arrow.label().ifPresent(point -> include(point, label));
      }
    }

    private void include(Point center, LayoutGraph.Size size) {
      left = Math.min(left, center.x() - size.width() / 2);
      right = Math.max(right, center.x() + size.width() / 2);
      top = Math.min(top, center.y() - size.height() / 2);
      bottom = Math.max(bottom, center.y() + size.height() / 2);
    }

    Layout toOrigin(double margin) {
      if (nodes.isEmpty()) {
        return new Layout(2 * margin, 2 * margin, nodes, arrows);
      }
      double dx = margin - left;
      double dy = margin - top;
      return new Layout(
          right - left + 2 * margin,
          bottom - top + 2 * margin,
          nodes.stream().map(point -> point.plus(dx, dy)).toList(),
          arrows.stream().map(arrow -> moved(arrow, dx, dy)).toList());
    }

    private static Arrow moved(Arrow arrow, double dx, double dy) {
      return new Arrow(
          arrow.curve().stream().map(point -> point.plus(dx, dy)).toList(),
          arrow.tip().plus(dx, dy),
          arrow.label().isPresent()
              ? Optional.of(arrow.label().get().plus(dx, dy))
              : Optional.empty());
    }
  }
}
