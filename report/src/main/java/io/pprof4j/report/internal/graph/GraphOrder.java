// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoMath;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Orders in which reports show nodes. Ties are broken by all that nodes have, so that output is
 * stable.
 */
final class GraphOrder {
  private GraphOrder() {}

  /** Sorts the nodes shown by their own value, or by the value of all they called. */
  static void byValue(Graph graph, boolean cum) {
    long[] score = cum ? graph.cum : graph.flat;
    long[] second = cum ? graph.flat : graph.cum;
    sort(graph, score, second);
  }

  /**
   * Sorts the nodes shown by how much a picture would lose without them: the entropy of their
   * edges, times their value. A node through which everything just passes scores low.
   */
  static void byEntropy(Graph graph) {
    Adjacency in = Adjacency.in(graph.edges, graph.size());
    Adjacency out = Adjacency.out(graph.edges, graph.size());
    long[] score = new long[graph.size()];
    for (int node : graph.shown) {
      double entropy = in.count(node) == 0 ? 1 : entropy(graph.edges, in.edges(node), 0);
      entropy += out.count(node) == 0 ? 1 : entropy(graph.edges, out.edges(node), graph.flat[node]);
      score[node] = GoMath.toLong(entropy * graph.cum[node]) + graph.flat[node];
    }
    sort(graph, score, graph.flat);
  }

  private static double entropy(Edges edges, int[] ofNode, long self) {
    long total = self;
    for (int edge : ofNode) {
      total += Math.max(edges.weight[edge], 0);
    }
    if (total == 0) {
      return 0;
    }
    double entropy = 0;
    for (int edge : ofNode) {
      entropy += surprise(Math.abs(edges.weight[edge]), total);
    }
    return self > 0 ? entropy + surprise(self, total) : entropy;
  }

  /** Not a number for 0, as in pprof; such nodes sort last. */
  private static double surprise(long part, long total) {
    double share = (double) part / (double) total;
    return -share * (Math.log(share) / Math.log(2));
  }

  private static void sort(Graph graph, long[] score, long[] second) {
    Integer[] boxed = new Integer[graph.shown.length];
    for (int at = 0; at < boxed.length; at++) {
      boxed[at] = graph.shown[at];
    }
    Arrays.sort(boxed, new ByScore(graph, score, second));
    for (int at = 0; at < boxed.length; at++) {
      graph.shown[at] = boxed[at];
    }
  }

  /** A class, as a short run has no time to make a lambda. */
  private static final class ByScore implements Comparator<Integer> {
    private final Graph graph;
    private final long[] score;
    private final long[] second;

    ByScore(Graph graph, long[] score, long[] second) {
      this.graph = graph;
      this.score = score;
      this.second = second;
    }

    @Override
    public int compare(Integer a, Integer b) {
      int byScore = Long.compare(Math.abs(score[b]), Math.abs(score[a]));
      if (byScore != 0) {
        return byScore;
      }
      int byName = ByteOrder.compare(graph.name(a), graph.name(b));
      if (byName != 0) {
        return byName;
      }
      int bySecond = Long.compare(Math.abs(second[b]), Math.abs(second[a]));
      return bySecond != 0
          ? bySecond
          : ByteOrder.compare(graph.info(a).tieBreaker(), graph.info(b).tieBreaker());
    }
  }
}
