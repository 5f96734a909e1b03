// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import java.util.ArrayList;
import java.util.List;

/** Turns a taut string into a smooth chain of cubic curves that stays inside its corridor. */
final class CurveFitter {
  /*
   * After Schneider, "An algorithm for automatically fitting digitized curves" (Graphics Gems,
   * 1990): with the directions at both ends given, least squares yield how far out the control
   * points lie. If the curve leaves the corridor the control points are drawn in; if that does not
   * help, the string is cut at the corner farthest from the curve, where both parts share a
   * direction. A straight piece of the string always fits, so this ends.
   */
  private static final int SAMPLES = 16;
  private static final double[] SHRINK = {1, 0.6, 0.3, 0.1};

  private final Corridor corridor;
  private final List<Point> corners;
  private final List<Point> result = new ArrayList<>();

  private CurveFitter(Corridor corridor) {
    this.corridor = corridor;
    this.corners = corridor.tautString();
  }

  /** The curve from the corridor's start to its end. */
  static List<Point> fit(Corridor corridor) {
    CurveFitter fitter = new CurveFitter(corridor);
    int last = fitter.corners.size() - 1;
    fitter.result.add(fitter.corners.get(0));
    fitter.fit(0, last, fitter.direction(0, 1), fitter.direction(last - 1, last));
    return fitter.result;
  }

  private Point direction(int from, int to) {
    return unit(corners.get(to), corners.get(from));
  }

  private static Point unit(Point to, Point from) {
    double length = Math.max(to.distance(from), 1e-9);
    return new Point((to.x() - from.x()) / length, (to.y() - from.y()) / length);
  }

  private void fit(int from, int to, Point leaving, Point arriving) {
    Point start = corners.get(from);
    Point end = corners.get(to);
    List<Point> samples = samples(from, to);
    double[] reach = reach(samples, leaving, arriving);
    for (double factor : SHRINK) {
      List<Point> cubic = cubic(start, end, leaving, arriving, reach, factor);
      if (corridor.contains(cubic)) {
        result.addAll(cubic.subList(1, 4));
        return;
      }
    }
    if (to - from == 1) {
      result.addAll(cubic(start, end, leaving, arriving, reach, 0).subList(1, 4));
      return;
    }
    int corner = farthest(from, to, cubic(start, end, leaving, arriving, reach, 1));
    Point tangent = unit(corners.get(corner + 1), corners.get(corner - 1));
    fit(from, corner, leaving, tangent);
    fit(corner, to, tangent, arriving);
  }

  private static List<Point> cubic(
      Point start, Point end, Point leaving, Point arriving, double[] reach, double factor) {
    double out = reach[0] * factor;
    double in = reach[1] * factor;
    return List.of(
        start,
        start.plus(leaving.x() * out, leaving.y() * out),
        end.plus(-arriving.x() * in, -arriving.y() * in),
        end);
  }

  /** Points at even distances along the string. */
  private List<Point> samples(int from, int to) {
    double length = 0;
    for (int corner = from; corner < to; corner++) {
      length += corners.get(corner).distance(corners.get(corner + 1));
    }
    List<Point> samples = new ArrayList<>(SAMPLES + 1);
    int corner = from;
    double before = 0;
    double piece = corners.get(from).distance(corners.get(from + 1));
    for (int sample = 0; sample <= SAMPLES; sample++) {
      double at = length * sample / SAMPLES;
      while (at > before + piece && corner + 2 <= to) {
        before += piece;
        corner++;
        piece = corners.get(corner).distance(corners.get(corner + 1));
      }
      double t = piece <= 0 ? 0 : Math.min(1, (at - before) / piece);
      Point a = corners.get(corner);
      Point b = corners.get(corner + 1);
      samples.add(new Point(a.x() + (b.x() - a.x()) * t, a.y() + (b.y() - a.y()) * t));
    }
    return samples;
  }

  /** How far the control points lie from the ends, by least squares; never so far as to turn up. */
  private static double[] reach(List<Point> samples, Point leaving, Point arriving) {
    Point start = samples.get(0);
    Point end = samples.get(SAMPLES);
    double c00 = 0;
    double c01 = 0;
    double c11 = 0;
    double x0 = 0;
    double x1 = 0;
    double cos = -(leaving.x() * arriving.x() + leaving.y() * arriving.y());
    for (int sample = 0; sample <= SAMPLES; sample++) {
      double t = (double) sample / SAMPLES;
      double b1 = 3 * t * (1 - t) * (1 - t);
      double b2 = 3 * t * t * (1 - t);
      double toStart = (1 - t) * (1 - t) * (1 - t) + b1;
      double dx = samples.get(sample).x() - start.x() * toStart - end.x() * (1 - toStart);
      double dy = samples.get(sample).y() - start.y() * toStart - end.y() * (1 - toStart);
      c00 += b1 * b1;
      c11 += b2 * b2;
      c01 += b1 * b2 * cos;
      x0 += b1 * (leaving.x() * dx + leaving.y() * dy);
      x1 -= b2 * (arriving.x() * dx + arriving.y() * dy);
    }
    double determinant = c00 * c11 - c01 * c01;
    double third = start.distance(end) / 3;
    double height = end.y() - start.y();
    double out = Math.abs(determinant) < 1e-9 ? third : (x0 * c11 - x1 * c01) / determinant;
    double in = Math.abs(determinant) < 1e-9 ? third : (c00 * x1 - c01 * x0) / determinant;
    return new double[] {
      bounded(out, third, height / Math.max(leaving.y(), 1e-9)),
      bounded(in, third, height / Math.max(arriving.y(), 1e-9))
    };
  }

  private static double bounded(double reach, double usual, double most) {
    double chosen = reach < usual / 3 || reach > usual * 2.5 ? usual : reach;
    return Math.min(chosen, most * 0.9);
  }

  private int farthest(int from, int to, List<Point> cubic) {
    int best = from + 1;
    double distance = -1;
    for (int corner = from + 1; corner < to; corner++) {
      double nearest = Double.MAX_VALUE;
      for (int sample = 0; sample <= SAMPLES; sample++) {
        nearest =
            Math.min(
                nearest,
                BezierPath.at(cubic, 0, (double) sample / SAMPLES).distance(corners.get(corner)));
      }
      if (nearest > distance) {
        distance = nearest;
        best = corner;
      }
    }
    return best;
  }
}
