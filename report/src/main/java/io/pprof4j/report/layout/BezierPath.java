// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Geometry of chains of cubic Bézier curves: 1 + 3n points. */
final class BezierPath {
  private static final int SAMPLES = 16;

  private BezierPath() {}

  static int pieces(List<Point> curve) {
    return (curve.size() - 1) / 3;
  }

  static Point at(List<Point> curve, int piece, double t) {
    Point a = curve.get(3 * piece);
    Point b = curve.get(3 * piece + 1);
    Point c = curve.get(3 * piece + 2);
    Point d = curve.get(3 * piece + 3);
    double s = 1 - t;
    double wa = s * s * s;
    double wb = 3 * s * s * t;
    double wc = 3 * s * t * t;
    double wd = t * t * t;
    return new Point(
        wa * a.x() + wb * b.x() + wc * c.x() + wd * d.x(),
        wa * a.y() + wb * b.y() + wc * c.y() + wd * d.y());
  }

  static List<Point> reversed(List<Point> curve) {
    List<Point> result = new ArrayList<>(curve);
    Collections.reverse(result);
    return result;
  }

  /** The chain up to parameter {@code t} of one of its pieces (de Casteljau). */
  static List<Point> upTo(List<Point> curve, int piece, double t) {
    List<Point> result = new ArrayList<>(curve.subList(0, 3 * piece + 1));
    Point a = curve.get(3 * piece);
    Point b = curve.get(3 * piece + 1);
    Point c = curve.get(3 * piece + 2);
    Point d = curve.get(3 * piece + 3);
    Point ab = between(a, b, t);
    Point bc = between(b, c, t);
    Point cd = between(c, d, t);
    Point abc = between(ab, bc, t);
    result.add(ab);
    result.add(abc);
    result.add(between(abc, between(bc, cd, t), t));
    return result;
  }

  static double length(List<Point> curve) {
    double sum = 0;
    for (int piece = 0; piece < pieces(curve); piece++) {
      Point before = curve.get(3 * piece);
      for (int sample = 1; sample <= SAMPLES; sample++) {
        Point now = at(curve, piece, (double) sample / SAMPLES);
        sum += now.distance(before);
        before = now;
      }
    }
    return sum;
  }

  private static Point between(Point a, Point b, double t) {
    return new Point(a.x() + (b.x() - a.x()) * t, a.y() + (b.y() - a.y()) * t);
  }
}
