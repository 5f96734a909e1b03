// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Arrow;
import io.pprof4j.report.layout.Layout.Point;
import java.util.List;
import java.util.Optional;

/** Edges from a node to itself: bows at its right side, one outside the other. */
final class Loops {
  private static final double BOW = 20;
  private static final double LABEL_GAP = 3;

  private Loops() {}

  /** How far a loop with this label widens its node. */
  static double room(LayoutGraph.Size label) {
    return BOW + (label.isEmpty() ? 0 : LABEL_GAP + label.width());
  }

  /**
   * Draws one loop.
   *
   * @param center of the node
   * @param size of the node
   * @param inner what the loops inside this one take
   */
  static Arrow draw(Point center, LayoutGraph.Size size, double inner, LayoutGraph.Size label) {
    double side = center.x() + size.width() / 2;
    double far = side + inner + BOW * 0.8;
    double reach = size.height() / 4;
    Point top = new Point(side, center.y() - reach);
    Point middle = new Point(far, center.y());
    Point tip = new Point(side, center.y() + reach);
    Point end = tip.plus(Arrowheads.LENGTH, 0);
    double bend = (far - side) * 0.6;
    List<Point> curve =
        List.of(
            top,
            top.plus(bend, 0),
            middle.plus(0, -reach),
            middle,
            middle.plus(0, reach),
            end.plus(Math.max(0, bend - Arrowheads.LENGTH), 0),
            end);
    Optional<Point> text =
        label.isEmpty()
            ? Optional.empty()
            : Optional.of(middle.plus(LABEL_GAP + label.width() / 2, 0));
    return new Arrow(curve, tip, text);
  }
}
