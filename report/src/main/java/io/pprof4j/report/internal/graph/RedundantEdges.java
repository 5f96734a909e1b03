// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Removes residual edges whose target is reached from their source on another path, which makes a
 * picture simpler and keeps it connected.
 */
final class RedundantEdges {
  private final Graph graph;
  private final Edges edges;
  private final Adjacency in;

  RedundantEdges(Graph graph) {
    this.graph = graph;
    this.edges = graph.edges;
    this.in = Adjacency.in(edges, graph.size());
  }

  /** Goes from the last node to the first and from light edges to heavy ones. */
  void remove() {
    for (int at = graph.shown.length - 1; at >= 0; at--) {
      List<Integer> into = graph.sorted(in.edges(graph.shown[at]));
      for (int edge = into.size() - 1; edge >= 0; edge--) {
        int candidate = into.get(edge);
        if (!edges.residual[candidate]) {
          // An edge heavier than one of direct calls stays: its absence would puzzle.
          break;
        }
        if (isRedundant(candidate)) {
          edges.removed[candidate] = true;
        }
      }
    }
  }

  /** Searches backwards from the target for another way to the source. */
  private boolean isRedundant(int candidate) {
    int source = edges.source[candidate];
    boolean[] seen = new boolean[graph.size()];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    seen[edges.target[candidate]] = true;
    queue.add(edges.target[candidate]);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int at = 0; at < in.count(node); at++) {
        int edge = in.edge(node, at);
        int from = edges.source[edge];
        if (edge == candidate || edges.removed[edge] || seen[from]) {
          continue;
        }
        if (from == source) {
          return true;
        }
        seen[from] = true;
        queue.add(from);
      }
    }
    return false;
  }
}
