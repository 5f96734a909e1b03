// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.Arrays;

/** Counts how many segments cross, in all or for two nodes of a rank. */
final class Crossings {
  private final Layers layers;
  private final int[][] order;
  private final int[][] sortedAbove;
  private final int[][] sortedBelow;
  private final int[] filled;
  private int[] tree = new int[0];
  private long cost;

  /**
   * Counts in one connected part.
   *
   * @param order the part's nodes by rank, which the caller goes on changing
   */
  Crossings(Layers layers, int[][] order) {
    this.layers = layers;
    this.order = order;
    sortedAbove = new int[layers.count][];
    sortedBelow = new int[layers.count][];
    filled = new int[layers.count];
  }

  /** What the last {@link #count} cost, in visits of segments. */
  long cost() {
    return cost;
  }

  /** All crossings. */
  long count() {
    cost = 0;
    long sum = 0;
    for (int r = 0; r + 1 < order.length; r++) {
      sum += countBelow(r);
    }
    return sum;
  }

  /** Barth, Mutzel and Jünger: inversions of the lower ends in the order of the upper ends. */
  private long countBelow(int r) {
    int width = order[r + 1].length;
    if (tree.length < width + 1) {
      tree = new int[width + 1];
    }
    Arrays.fill(tree, 0, width + 1, 0);
    long sum = 0;
    int inserted = 0;
    for (int node : order[r]) {
      int[] below = layers.below[node];
      for (int target : below) {
        int notGreater = 0;
        for (int at = layers.position[target] + 1; at > 0; at -= at & -at) {
          notGreater += tree[at];
        }
        sum += inserted - notGreater;
      }
      for (int target : below) {
        for (int at = layers.position[target] + 1; at <= width; at += at & -at) {
          tree[at]++;
        }
      }
      inserted += below.length;
    }
    cost += inserted + order[r].length;
    return sum;
  }

  /**
   * Prepares {@link #between} for the nodes of a rank; must be called again when a rank next to it
   * has changed.
   *
   * @return what it cost, in visits of segments
   */
  long sortNeighbours(int r) {
    long visits = order[r].length;
    if (r > 0) {
      visits += sort(order[r - 1], layers.below, order[r], layers.above, sortedAbove);
    }
    if (r + 1 < order.length) {
      visits += sort(order[r + 1], layers.above, order[r], layers.below, sortedBelow);
    }
    return visits;
  }

  /** Walking along the other rank meets each node's neighbours in their order. */
  private long sort(int[] other, int[][] toHere, int[] here, int[][] fromHere, int[][] sorted) {
    for (int node : here) {
      if (sorted[node] == null) {
        sorted[node] = new int[fromHere[node].length];
      }
      filled[node] = 0;
    }
    long visits = 0;
    for (int index = 0; index < other.length; index++) {
      for (int node : toHere[other[index]]) {
        sorted[node][filled[node]++] = index;
        visits++;
      }
    }
    return visits;
  }

  /** How many segments of the two nodes cross if {@code leftNode} is left of the other. */
  int between(int leftNode, int rightNode) {
    return inversions(sortedAbove[leftNode], sortedAbove[rightNode])
        + inversions(sortedBelow[leftNode], sortedBelow[rightNode]);
  }

  private static int inversions(int[] leftPlaces, int[] rightPlaces) {
    if (leftPlaces == null || rightPlaces == null) {
      return 0;
    }
    int sum = 0;
    int smaller = 0;
    for (int place : leftPlaces) {
      while (smaller < rightPlaces.length && rightPlaces[smaller] < place) {
        smaller++;
      }
      sum += smaller;
    }
    return sum;
  }
}
