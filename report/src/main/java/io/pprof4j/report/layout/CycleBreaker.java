// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.List;

/** Chooses the edges that must point upwards so that all others can point downwards. */
final class CycleBreaker {
  /*
   * Depth-first search, from the nodes without callers first and then in the order of the graph;
   * an edge back to a node on the search's path closes a cycle and is turned. The search keeps its
   * own stack, because call graphs may be deep.
   */
  private static final byte NEW = 0;
  private static final byte ON_PATH = 1;
  private static final byte DONE = 2;

  private final List<LayoutGraph.Edge> edges;
  private final int[] outStart;
  private final int[] out;
  private final byte[] state;
  private final boolean[] reversed;
  private final int[] stack;
  private final int[] next;

  private CycleBreaker(LayoutGraph graph) {
    edges = graph.edges();
    int nodes = graph.nodes().size();
    outStart = new int[nodes + 1];
    for (LayoutGraph.Edge edge : edges) {
      outStart[edge.from() + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      outStart[node + 1] += outStart[node];
    }
    out = new int[edges.size()];
    next = outStart.clone();
    for (int edge = 0; edge < out.length; edge++) {
      out[next[edges.get(edge).from()]++] = edge;
    }
    System.arraycopy(outStart, 0, next, 0, nodes);
    state = new byte[nodes];
    reversed = new boolean[edges.size()];
    stack = new int[nodes];
  }

  /** Which edges to turn, by index. */
  static boolean[] reversedEdges(LayoutGraph graph) {
    CycleBreaker breaker = new CycleBreaker(graph);
    boolean[] isTarget = new boolean[graph.nodes().size()];
    for (LayoutGraph.Edge edge : graph.edges()) {
      isTarget[edge.to()] |= edge.from() != edge.to();
    }
    for (int node = 0; node < isTarget.length; node++) {
      if (!isTarget[node]) {
        breaker.search(node);
      }
    }
    for (int node = 0; node < isTarget.length; node++) {
      breaker.search(node);
    }
    return breaker.reversed;
  }

  private void search(int root) {
    if (state[root] != NEW) {
      return;
    }
    int depth = 0;
    stack[0] = root;
    state[root] = ON_PATH;
    while (depth >= 0) {
      int node = stack[depth];
      if (next[node] == outStart[node + 1]) {
        state[node] = DONE;
        depth--;
        continue;
      }
      int edge = out[next[node]++];
      int target = edges.get(edge).to();
      if (state[target] == NEW) {
        state[target] = ON_PATH;
        stack[++depth] = target;
      } else if (state[target] == ON_PATH) {
        reversed[edge] = true;
      }
    }
  }
}
