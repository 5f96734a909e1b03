// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import java.util.List;

/** Cuts curves at the outlines of their nodes and makes room for the arrow head. */
final class Arrowheads {
  /** How long an arrow head is, as Graphviz draws it. */
  static final double LENGTH = 10;

  private static final double HALF_WIDTH = 3.5;
  private static final int BISECTIONS = 30;

  private Arrowheads() {}

  /** A curve that begins at the outline of one box and whose arrow head ends at another's. */
  record Cut(List<Point> curve, Point tip) {}

  /**
   * Cuts off what lies within the boxes around the first and the last point.
   *
   * @param curve from centre to centre
   */
  static Cut cut(List<Point> curve, LayoutGraph.Size from, LayoutGraph.Size to) {
    List<Point> beginning = BezierPath.reversed(leave(BezierPath.reversed(curve), from));
    List<Point> whole = leave(beginning, to);
    Point tip = whole.get(whole.size() - 1);
    return new Cut(withoutHead(whole, tip), tip);
  }

  /** The corners of an arrow head, its tip in the middle. */
  static List<Point> triangle(Layout.Arrow arrow, int penWidth) {
    Point end = arrow.curve().get(arrow.curve().size() - 1);
    Point tip = arrow.tip();
    double length = Math.max(end.distance(tip), 1e-9);
    double half = HALF_WIDTH + Math.max(0, penWidth - 1) * 0.5;
    double dx = -(tip.y() - end.y()) / length * half;
    double dy = (tip.x() - end.x()) / length * half;
    return List.of(end.plus(dx, dy), tip, end.plus(-dx, -dy));
  }

  /** The curve up to where it enters, for the last time, the box around its end. */
  private static List<Point> leave(List<Point> curve, LayoutGraph.Size size) {
    Point center = curve.get(curve.size() - 1);
    return cutWhere(
        curve,
        point ->
            Math.abs(point.x() - center.x()) <= size.width() / 2
                && Math.abs(point.y() - center.y()) <= size.height() / 2);
  }

  private static List<Point> withoutHead(List<Point> curve, Point tip) {
    double length = Math.min(LENGTH, BezierPath.length(curve) / 2);
    return cutWhere(curve, point -> point.distance(tip) <= length);
  }

  private interface Region {
    boolean contains(Point point);
  }

  private static List<Point> cutWhere(List<Point> curve, Region region) {
    int piece = BezierPath.pieces(curve) - 1;
    while (piece > 0 && region.contains(curve.get(3 * piece))) {
      piece--;
    }
    double outside = 0;
    double inside = 1;
    for (int step = 0; step < BISECTIONS; step++) {
      double middle = (outside + inside) / 2;
      if (region.contains(BezierPath.at(curve, piece, middle))) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    // A curve that never leaves the region keeps a hair of its length, so that it has a direction.
    return BezierPath.upTo(curve, piece, Math.max(outside, 1e-3));
  }
}
