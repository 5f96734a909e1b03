// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.util.List;

/** A box that shows its upper and right sides: {@link DrawNode.Shape#BOX3D}. */
final class SolidBox {
  /** How deep it looks, in points. */
  private static final double DEPTH = 4;

  private SolidBox() {}

  /** The corners of the outline, which stays within the box; it is to be closed. */
  static List<Point> outline(Point center, Size size) {
    Point low = center.plus(-size.width() / 2, -size.height() / 2);
    Point high = center.plus(size.width() / 2, size.height() / 2);
    return List.of(
        new Point(low.x(), high.y()),
        new Point(low.x(), low.y() + DEPTH),
        new Point(low.x() + DEPTH, low.y()),
        new Point(high.x(), low.y()),
        new Point(high.x(), high.y() - DEPTH),
        new Point(high.x() - DEPTH, high.y()));
  }

  /** The lines inside, where the sides meet. */
  static List<List<Point>> ridges(Point center, Size size) {
    Point low = center.plus(-size.width() / 2, -size.height() / 2);
    Point high = center.plus(size.width() / 2, size.height() / 2);
    Point corner = new Point(high.x() - DEPTH, low.y() + DEPTH);
    return List.of(
        List.of(new Point(low.x(), corner.y()), corner, new Point(high.x(), low.y())),
        List.of(corner, new Point(corner.x(), high.y())));
  }
}
