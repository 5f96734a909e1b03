// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.Arrays;

/**
 * Places the nodes of one rank, in their order and at their least distances, so that the weighted
 * sum of distances to fixed points is least.
 */
final class RankFitter {
  /*
   * With each node's offset (the sum of the distances before it) taken away, what is left is an
   * isotonic regression in the L1 norm: positions may not fall from left to right. The cost of all
   * nodes so far as a function of the last position is convex and piecewise linear; `heap` holds
   * the points where its slope changes, greatest first ("slope trick"). A node adds its points and
   * then cuts off what slopes upwards; where that begins is its bound. A pass back makes the
   * positions fall in line. O(p log p) for p points.
   */
  private final double[] offset;
  private final double[] bound;
  private double[] heapAt;
  private double[] heapWeight;
  private int heapSize;
  private double pulled;
  private int node = -1;

  RankFitter(int nodes) {
    offset = new double[nodes];
    bound = new double[nodes];
    heapAt = new double[Math.max(4, 2 * nodes)];
    heapWeight = new double[heapAt.length];
  }

  /** Begins the next node to the right; {@code at} is its place if the rank is packed from 0. */
  void next(double at) {
    finish();
    node++;
    offset[node] = at;
    pulled = 0;
  }

  /** Draws the current node to a fixed point. */
  void pull(double target, double weight) {
    push(target - offset[node], 2 * weight);
    pulled += weight;
  }

  boolean isPulled() {
    return pulled > 0;
  }

  /** The positions of all nodes. */
  double[] fit() {
    finish();
    for (int index = node - 1; index >= 0; index--) {
      bound[index] = Math.min(bound[index], bound[index + 1]);
    }
    double[] x = new double[node + 1];
    for (int index = 0; index <= node; index++) {
      x[index] = bound[index] + offset[index];
    }
    return x;
  }

  private void finish() {
    if (node < 0) {
      return;
    }
    double excess = pulled;
    double last = heapAt[0];
    while (excess > 0 && heapSize > 0) {
      last = heapAt[0];
      double taken = Math.min(excess, heapWeight[0]);
      excess -= taken;
      heapWeight[0] -= taken;
      if (heapWeight[0] <= 0) {
        pop();
      }
    }
    // Between two points every place costs the same; the middle looks best.
    bound[node] = heapSize > 0 && excess <= 0 ? (heapAt[0] + last) / 2 : last;
    if (heapSize > 0 && bound[node] < heapAt[0]) {
      bound[node] = heapAt[0];
    }
  }

  private void push(double at, double weight) {
    if (heapSize == heapAt.length) {
      heapAt = Arrays.copyOf(heapAt, 2 * heapSize);
      heapWeight = Arrays.copyOf(heapWeight, 2 * heapSize);
    }
    int slot = heapSize++;
    while (slot > 0 && heapAt[(slot - 1) / 2] < at) {
      heapAt[slot] = heapAt[(slot - 1) / 2];
      heapWeight[slot] = heapWeight[(slot - 1) / 2];
      slot = (slot - 1) / 2;
    }
    heapAt[slot] = at;
    heapWeight[slot] = weight;
  }

  private void pop() {
    double at = heapAt[--heapSize];
    double weight = heapWeight[heapSize];
    int slot = 0;
    for (int child = 1; child < heapSize; child = 2 * slot + 1) {
      if (child + 1 < heapSize && heapAt[child + 1] > heapAt[child]) {
        child++;
      }
      if (heapAt[child] <= at) {
        break;
      }
      heapAt[slot] = heapAt[child];
      heapWeight[slot] = heapWeight[child];
      slot = child;
    }
    heapAt[slot] = at;
    heapWeight[slot] = weight;
  }
}
