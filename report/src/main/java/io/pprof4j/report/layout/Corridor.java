// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * The room an edge may use from its upper to its lower node: a stack of bands, each of which bounds
 * x. Between two bands x is free, for no nodes are there.
 */
final class Corridor {
  private static final double TOLERANCE = 0.5;

  private final Point start;
  private final Point end;
  private final double[] top;
  private final double[] bottom;
  private final double[] least;
  private final double[] greatest;
  private int bands;

  Corridor(Point start, Point end, int capacity) {
    this.start = start;
    this.end = end;
    top = new double[capacity];
    bottom = new double[capacity];
    least = new double[capacity];
    greatest = new double[capacity];
  }

  /** Adds a band below the bands so far. */
  void add(double bandTop, double bandBottom, double from, double to) {
    top[bands] = bandTop;
    bottom[bands] = bandBottom;
    least[bands] = from;
    greatest[bands] = to;
    bands++;
  }

  /**
   * The shortest way through, as the corners of a taut string. It goes straight down to the next
   * gate that does not lie in sight, and bends at the edge of the gate that hides it.
   */
  List<Point> tautString() {
    double[] gateY = new double[2 * bands];
    double[] gateFrom = new double[2 * bands];
    double[] gateTo = new double[2 * bands];
    int gates = 0;
    for (int band = 0; band < bands; band++) {
      for (double y : new double[] {top[band], bottom[band]}) {
        if (y > start.y() && y < end.y()) {
          gateY[gates] = y;
          gateFrom[gates] = least[band];
          gateTo[gates++] = greatest[band];
        }
      }
    }
    List<Point> corners = new ArrayList<>();
    corners.add(start);
    Point apex = start;
    int gate = 0;
    while (true) {
      double leftSlope = Double.NEGATIVE_INFINITY;
      double rightSlope = Double.POSITIVE_INFINITY;
      int leftGate = -1;
      int rightGate = -1;
      int bend = -1;
      boolean bendLeft = false;
      for (int next = gate; next <= gates && bend < 0; next++) {
        double y = next < gates ? gateY[next] : end.y();
        double from = next < gates ? gateFrom[next] : end.x();
        double to = next < gates ? gateTo[next] : end.x();
        double dy = Math.max(y - apex.y(), 1e-9);
        double slopeFrom = (from - apex.x()) / dy;
        double slopeTo = (to - apex.x()) / dy;
        if (slopeTo < leftSlope) {
          bend = leftGate;
          bendLeft = true;
        } else if (slopeFrom > rightSlope) {
          bend = rightGate;
        } else {
          if (slopeFrom >= leftSlope) {
            leftSlope = slopeFrom;
            leftGate = next;
          }
          if (slopeTo <= rightSlope) {
            rightSlope = slopeTo;
            rightGate = next;
          }
        }
      }
      if (bend < 0) {
        corners.add(end);
        return corners;
      }
      apex = new Point(bendLeft ? gateFrom[bend] : gateTo[bend], gateY[bend]);
      corners.add(apex);
      gate = bend + 1;
    }
  }

  /** Whether a cubic curve stays inside; it must not run upwards. */
  boolean contains(List<Point> cubic) {
    double from = cubic.get(0).y();
    double to = cubic.get(3).y();
    int samples = 12;
    for (int band = 0; band < bands; band++) {
      if (bottom[band] >= from && top[band] <= to) {
        samples += 6;
      }
    }
    int band = 0;
    for (int sample = 1; sample < samples; sample++) {
      Point point = BezierPath.at(cubic, 0, (double) sample / samples);
      while (band < bands && bottom[band] < point.y()) {
        band++;
      }
      if (band < bands
          && top[band] <= point.y()
          && (point.x() < least[band] - TOLERANCE || point.x() > greatest[band] + TOLERANCE)) {
        return false;
      }
    }
    return true;
  }
}
