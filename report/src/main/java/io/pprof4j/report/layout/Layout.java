// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.List;
import java.util.Optional;

/**
 * A graph with positions. The origin is the top left corner of the drawing, y grows downwards, and
 * lengths are in points (1/72 inch).
 *
 * @param width of everything that is drawn
 * @param height of everything that is drawn
 * @param nodes the centres of the nodes, in the order of {@link LayoutGraph#nodes()}
 * @param edges the arrows, in the order of {@link LayoutGraph#edges()}
 */
public record Layout(double width, double height, List<Point> nodes, List<Arrow> edges) {
  /**
   * A position.
   *
   * @param x from the left
   * @param y from the top
   */
  public record Point(double x, double y) {
    Point plus(double dx, double dy) {
      return new Point(x + dx, y + dy);
    }

    double distance(Point other) {
      return Math.hypot(x - other.x, y - other.y);
    }
  }

  /**
   * The way of one edge.
   *
   * @param curve a chain of cubic Bézier curves from source to target: the start, then for each
   *     curve two control points and its end
   * @param tip where the arrow head ends, on the outline of the target; the head begins where the
   *     curve ends
   * @param label the centre of the label, if the edge has one
   */
  public record Arrow(List<Point> curve, Point tip, Optional<Point> label) {
    /** Copies the points; refuses a list that is not 1 + 3n long. */
    public Arrow {
      curve = List.copyOf(curve);
      if (curve.size() < 4 || curve.size() % 3 != 1) {
        throw new IllegalArgumentException(curve.size() + " points are no chain of cubic curves");
      }
    }
  }

  /** Copies the lists. */
  public Layout {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }
}
