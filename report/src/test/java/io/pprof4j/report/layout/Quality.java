// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Measures a drawing, whoever made it.
 *
 * @param crossings pairs of different edges that cross at least once
 * @param length the length of all edges, without arrow heads, in points
 * @param overlaps pairs of nodes whose boxes overlap
 * @param throughNodes pairs of an edge and a node, not one of its ends, that it runs through
 */
record Quality(int crossings, double length, int overlaps, int throughNodes) {
  private static final int SAMPLES = 12;

  /** A curve must lie this deep inside a box to run through it. */
  private static final double DEPTH = 1;

  private record Piece(int edge, Point from, Point to) {}

  static Quality of(LayoutGraph graph, Layout layout) {
    List<List<Point>> lines = new ArrayList<>();
    double length = 0;
    for (Layout.Arrow arrow : layout.edges()) {
      List<Point> line = flatten(arrow.curve());
      lines.add(line);
      for (int index = 1; index < line.size(); index++) {
        length += line.get(index).distance(line.get(index - 1));
      }
    }
    return new Quality(
        crossings(lines), length, overlaps(graph, layout), through(graph, layout, lines));
  }

  private static List<Point> flatten(List<Point> curve) {
    List<Point> line = new ArrayList<>();
    line.add(curve.get(0));
    for (int piece = 0; piece < BezierPath.pieces(curve); piece++) {
      for (int sample = 1; sample <= SAMPLES; sample++) {
        line.add(BezierPath.at(curve, piece, (double) sample / SAMPLES));
      }
    }
    return line;
  }

  private static int crossings(List<List<Point>> lines) {
    List<Piece> pieces = new ArrayList<>();
    for (int edge = 0; edge < lines.size(); edge++) {
      List<Point> line = lines.get(edge);
      for (int index = 1; index < line.size(); index++) {
        pieces.add(new Piece(edge, line.get(index - 1), line.get(index)));
      }
    }
    pieces.sort((a, b) -> Double.compare(top(a), top(b)));
    Set<Long> pairs = new HashSet<>();
    List<Piece> open = new ArrayList<>();
    for (Piece piece : pieces) {
      double top = top(piece);
      open.removeIf(other -> Math.max(other.from.y(), other.to.y()) < top);
      for (Piece other : open) {
        if (other.edge != piece.edge && cross(piece, other)) {
          long low = Math.min(piece.edge, other.edge);
          pairs.add(low * lines.size() + Math.max(piece.edge, other.edge));
        }
      }
      open.add(piece);
    }
    return pairs.size();
  }

  private static double top(Piece piece) {
    return Math.min(piece.from.y(), piece.to.y());
  }

  private static boolean cross(Piece a, Piece b) {
    if (Math.max(a.from.x(), a.to.x()) < Math.min(b.from.x(), b.to.x())
        || Math.max(b.from.x(), b.to.x()) < Math.min(a.from.x(), a.to.x())) {
      return false;
    }
    return side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0
        && side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0;
  }

  private static double side(Point from, Point to, Point point) {
    return (to.x() - from.x()) * (point.y() - from.y())
        - (to.y() - from.y()) * (point.x() - from.x());
  }

  private static int overlaps(LayoutGraph graph, Layout layout) {
    int count = 0;
    for (int one = 0; one < layout.nodes().size(); one++) {
      for (int other = 0; other < one; other++) {
        Point a = layout.nodes().get(one);
        Point b = layout.nodes().get(other);
        LayoutGraph.Size sa = graph.nodes().get(one);
        LayoutGraph.Size sb = graph.nodes().get(other);
        if (Math.abs(a.x() - b.x()) < (sa.width() + sb.width()) / 2 - DEPTH
            && Math.abs(a.y() - b.y()) < (sa.height() + sb.height()) / 2 - DEPTH) {
          count++;
        }
      }
    }
    return count;
  }

  private static int through(LayoutGraph graph, Layout layout, List<List<Point>> lines) {
    int count = 0;
    for (int edge = 0; edge < lines.size(); edge++) {
      LayoutGraph.Edge e = graph.edges().get(edge);
      for (int node = 0; node < layout.nodes().size(); node++) {
        if (node != e.from() && node != e.to()) {
          Point center = layout.nodes().get(node);
          double width = graph.nodes().get(node).width() / 2 - DEPTH;
          double height = graph.nodes().get(node).height() / 2 - DEPTH;
          boolean hit = false;
          for (Point point : lines.get(edge)) {
            hit |=
                Math.abs(point.x() - center.x()) < width
                    && Math.abs(point.y() - center.y()) < height;
          }
          count += hit ? 1 : 0;
        }
      }
    }
    return count;
  }
}
