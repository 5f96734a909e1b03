// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Draws the edges as curves that pass between the nodes. */
final class EdgeRouter {
  /*
   * Each edge gets a corridor: in each rank it passes, all the room up to the next node, label or
   * edge that it does not cross anyway nearby. Short edges go first; a drawn edge is narrowed to
   * the room it really takes, so that later edges see where it is. As in dot.
   */
  private static final double NODE_MARGIN = 6;
  private static final double LINE_MARGIN = 4;
  private static final double LABEL_GAP = 2;
  private static final int LOOK_AHEAD = 3;

  private final Layers layers;
  private final boolean[] reversed;
  private final double[] x;
  private final double[] left;
  private final double[] right;
  private final double[] rankY;
  private final double[] rankHeight;
  private final Arrow[] arrows;

  EdgeRouter(Layers layers, boolean[] reversed, double[] x, double[] rankY, double[] rankHeight) {
    this.layers = layers;
    this.reversed = reversed;
    this.x = x.clone();
    this.left = layers.left.clone();
    this.right = layers.right.clone();
    this.rankY = rankY;
    this.rankHeight = rankHeight;
    this.arrows = new Arrow[layers.chains.length];
  }

  List<Arrow> route() {
    double[] loopRoom = new double[layers.realNodes];
    for (int edge = 0; edge < arrows.length; edge++) {
      LayoutGraph.Edge e = layers.graph.edges().get(edge);
      if (e.from() == e.to()) {
        LayoutGraph.Size size = layers.graph.nodes().get(e.from());
        arrows[edge] = Loops.draw(center(e.from()), size, loopRoom[e.from()], e.label());
        loopRoom[e.from()] += Loops.room(e.label());
      }
    }
    Comparator<Integer> shortFirst =
        Comparator.<Integer>comparingInt(edge -> layers.chains[edge].length)
            .thenComparingDouble(this::lean)
            .thenComparingInt(edge -> edge);
    IntStream.range(0, arrows.length)
        .filter(edge -> arrows[edge] == null)
        .boxed()
        .sorted(shortFirst)
        .forEachOrdered(this::route);
    return Arrays.asList(arrows);
  }

  private double lean(int edge) {
    int[] chain = layers.chains[edge];
    return Math.abs(x[chain[0]] - x[chain[chain.length - 1]]);
  }

  private Point center(int node) {
    return new Point(x[node], rankY[layers.rank[node]]);
  }

  private void route(int edge) {
    int[] chain = layers.chains[edge];
    Corridor corridor =
        new Corridor(center(chain[0]), center(chain[chain.length - 1]), chain.length);
    for (int link = 0; link < chain.length; link++) {
      int rank = layers.rank[chain[link]];
      double half = rankHeight[rank] / 2;
      corridor.add(
          rankY[rank] - half, rankY[rank] + half, leastX(chain[link]), greatestX(chain[link]));
    }
    List<Point> curve = CurveFitter.fit(corridor);
    Optional<Point> label = claimRoom(edge, curve);
    LayoutGraph.Size upper = layers.graph.nodes().get(chain[0]);
    LayoutGraph.Size lower = layers.graph.nodes().get(chain[chain.length - 1]);
    Arrowheads.Cut cut =
        reversed[edge]
            ? Arrowheads.cut(BezierPath.reversed(curve), lower, upper)
            : Arrowheads.cut(curve, upper, lower);
    arrows[edge] = new Arrow(cut.curve(), cut.tip(), label);
  }

  private double leastX(int node) {
    if (!layers.isVirtual(node)) {
      return x[node] - left[node];
    }
    int[] layer = layers.order[layers.rank[node]];
    int index = layers.position[node] - 1;
    while (index >= 0 && crossesNearby(layer[index], node)) {
      index--;
    }
    if (index < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    int other = layer[index];
    return Math.min(x[node], x[other] + right[other] + margin(other));
  }

  private double greatestX(int node) {
    if (!layers.isVirtual(node)) {
      return x[node] + layers.graph.nodes().get(node).width() / 2;
    }
    int[] layer = layers.order[layers.rank[node]];
    int index = layers.position[node] + 1;
    while (index < layer.length && crossesNearby(layer[index], node)) {
      index++;
    }
    if (index == layer.length) {
      return Double.POSITIVE_INFINITY;
    }
    int other = layer[index];
    double own = layers.isLabel[node] ? right[node] : 0;
    return Math.max(x[node], x[other] - left[other] - margin(other) - own);
  }

  private double margin(int node) {
    return layers.isVirtual(node) ? LINE_MARGIN : NODE_MARGIN;
  }

  /** Whether a line need not be respected because the two lines cross within a few ranks. */
  private boolean crossesNearby(int other, int node) {
    if (!layers.isVirtual(other) || layers.isLabel[other]) {
      return false;
    }
    return crosses(node, other, layers.below) || crosses(node, other, layers.above);
  }

  private boolean crosses(int a, int b, int[][] next) {
    int one = a;
    int other = b;
    boolean before = layers.position[one] < layers.position[other];
    for (int step = 0; step < LOOK_AHEAD; step++) {
      if (!layers.isVirtual(one) || !layers.isVirtual(other)) {
        return false;
      }
      one = next[one][0];
      other = next[other][0];
      if (one == other) {
        return false;
      }
      if (before != layers.position[one] < layers.position[other]) {
        return true;
      }
    }
    return false;
  }

  /** Narrows the virtual nodes of a drawn edge to its curve; returns where its label goes. */
  private Optional<Point> claimRoom(int edge, List<Point> curve) {
    int[] chain = layers.chains[edge];
    Span span = new Span(curve);
    Optional<Point> label = Optional.empty();
    for (int link = 1; link < chain.length - 1; link++) {
      int node = chain[link];
      int rank = layers.rank[node];
      double half = rankHeight[rank] / 2;
      span.advanceTo(rankY[rank] - half, rankY[rank] + half);
      if (layers.isLabel[node]) {
        LayoutGraph.Size size = layers.graph.edges().get(edge).label();
        x[node] = span.greatest;
        left[node] = span.greatest - span.least;
        label = Optional.of(new Point(x[node] + LABEL_GAP + size.width() / 2, rankY[rank]));
      } else {
        x[node] = (span.least + span.greatest) / 2;
        left[node] = x[node] - span.least;
        right[node] = left[node];
      }
    }
    return label;
  }

  /** How far a curve that runs downwards reaches to both sides, from band to band. */
  private static final class Span {
    private static final int SAMPLES = 24;
    private final List<Point> points = new ArrayList<>();
    private int next;
    double least;
    double greatest;

    Span(List<Point> curve) {
      points.add(curve.get(0));
      for (int piece = 0; piece < BezierPath.pieces(curve); piece++) {
        for (int sample = 1; sample <= SAMPLES; sample++) {
          points.add(BezierPath.at(curve, piece, (double) sample / SAMPLES));
        }
      }
    }

    void advanceTo(double top, double bottom) {
      while (next < points.size() - 1 && points.get(next + 1).y() <= top) {
        next++;
      }
      double atTop = xAt(next, top);
      least = atTop;
      greatest = atTop;
      while (next < points.size() - 1 && points.get(next + 1).y() < bottom) {
        next++;
        include(points.get(next).x());
      }
      include(xAt(next, bottom));
    }

    private void include(double x) {
      least = Math.min(least, x);
      greatest = Math.max(greatest, x);
    }

    private double xAt(int index, double y) {
      Point a = points.get(index);
      Point b = points.get(Math.min(index + 1, points.size() - 1));
      double t = b.y() <= a.y() ? 0 : Math.max(0, Math.min(1, (y - a.y()) / (b.y() - a.y())));
      return a.x() + (b.x() - a.x()) * t;
    }
  }
}
