// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Gives each node a rank so that every edge points to a higher rank and the edges are short. */
final class Ranking {
  /*
   * Every edge is `step` times its minimal length long: with labels there is a rank in the middle
   * of each edge, where its label goes. Parts that are not connected hang on one more node by edges
   * of no weight, and are brought up to rank 0 afterwards.
   */
  private static final long MAX_WORK = 20_000_000;

  private final LayoutGraph graph;
  private final boolean[] reversed;
  private final int step;
  private final int nodes;
  private final int[] part;
  private final Constraints constraints;

  private Ranking(LayoutGraph graph, boolean[] reversed, int step) {
    this.graph = graph;
    this.reversed = reversed;
    this.step = step;
    this.nodes = graph.nodes().size();
    this.part = new int[nodes];
    this.constraints = new Constraints(graph.edges().size() + 1);
  }

  /** The ranks, 0 being the topmost; each is a multiple of {@code step}. */
  static int[] ranks(LayoutGraph graph, boolean[] reversed, int step) {
    return new Ranking(graph, reversed, step).run();
  }

  private int[] run() {
    for (int node = 0; node < nodes; node++) {
      part[node] = node;
    }
    for (int edge = 0; edge < reversed.length; edge++) {
      LayoutGraph.Edge e = graph.edges().get(edge);
      if (e.from() != e.to()) {
        int tail = reversed[edge] ? e.to() : e.from();
        int head = reversed[edge] ? e.from() : e.to();
        // In units of `step`, so that all ranks are multiples of it.
        constraints.add(tail, head, e.minLen(), e.weight());
        part[find(tail)] = find(head);
      }
    }
    for (int node = 0; node < nodes; node++) {
      if (find(node) == node) {
        constraints.add(nodes, node, 0, 0);
      }
    }
    int[] rank = longestPaths(constraints.trim());
    NetworkSimplex.minimize(constraints, rank, MAX_WORK);
    liftParts(rank);
    spread(rank);
    int[] result = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      result[node] = rank[node] * step;
    }
    return result;
  }

  private int find(int node) {
    while (part[node] != node) {
      part[node] = part[part[node]];
      node = part[node];
    }
    return node;
  }

  /** A first ranking, which is feasible: the length of the longest path to each node. */
  private int[] longestPaths(Constraints edges) {
    int all = nodes + 1;
    int[] missing = new int[all];
    int[] start = new int[all + 1];
    for (int edge = 0; edge < edges.count(); edge++) {
      missing[edges.head()[edge]]++;
      start[edges.tail()[edge] + 1]++;
    }
    for (int node = 0; node < all; node++) {
      start[node + 1] += start[node];
    }
    int[] fill = Arrays.copyOf(start, all);
    int[] out = new int[edges.count()];
    for (int edge = 0; edge < edges.count(); edge++) {
      out[fill[edges.tail()[edge]]++] = edge;
    }
    int[] rank = new int[all];
    ArrayDeque<Integer> ready = new ArrayDeque<>();
    for (int node = 0; node < all; node++) {
      if (missing[node] == 0) {
        ready.add(node);
      }
    }
    while (!ready.isEmpty()) {
      int node = ready.remove();
      for (int slot = start[node]; slot < start[node + 1]; slot++) {
        int head = edges.head()[out[slot]];
        rank[head] = Math.max(rank[head], rank[node] + edges.minLen()[out[slot]]);
        if (--missing[head] == 0) {
          ready.add(head);
        }
      }
    }
    return rank;
  }

  private void liftParts(int[] rank) {
    int[] top = new int[nodes];
    Arrays.fill(top, Integer.MAX_VALUE);
    for (int node = 0; node < nodes; node++) {
      top[find(node)] = Math.min(top[find(node)], rank[node]);
    }
    for (int node = 0; node < nodes; node++) {
      rank[node] -= top[find(node)];
    }
  }

  /** Nodes that are as much drawn up as down go to the rank with the fewest nodes. */
  private void spread(int[] rank) {
    int[] highest = new int[nodes];
    int[] lowest = new int[nodes];
    long[] pull = new long[nodes];
    Arrays.fill(lowest, Integer.MAX_VALUE);
    int last = 0;
    for (int node = 0; node < nodes; node++) {
      last = Math.max(last, rank[node]);
    }
    int[] population = new int[last + 1];
    for (int node = 0; node < nodes; node++) {
      population[rank[node]]++;
    }
    int[][] incident = incidentEdges();
    for (int node = 0; node < nodes; node++) {
      boolean above = false;
      for (int edge : incident[node]) {
        int tail = constraints.tail()[edge];
        int head = constraints.head()[edge];
        if (head == node) {
          above = true;
          highest[node] = Math.max(highest[node], rank[tail] + constraints.minLen()[edge]);
          pull[node] += constraints.weight()[edge];
        } else {
          lowest[node] = Math.min(lowest[node], rank[head] - constraints.minLen()[edge]);
          pull[node] -= constraints.weight()[edge];
        }
      }
      if (above && pull[node] == 0 && lowest[node] <= last) {
        moveToSparsest(node, rank, population, highest[node], lowest[node]);
      }
    }
  }

  private static void moveToSparsest(int node, int[] rank, int[] population, int from, int to) {
    int best = rank[node];
    for (int candidate = from; candidate <= to; candidate++) {
      if (population[candidate] < population[best] - (best == rank[node] ? 1 : 0)) {
        best = candidate;
      }
    }
    population[rank[node]]--;
    rank[node] = best;
    population[best]++;
  }

  private int[][] incidentEdges() {
    int[] degree = new int[nodes + 1];
    for (int edge = 0; edge < constraints.count(); edge++) {
      degree[constraints.tail()[edge]]++;
      degree[constraints.head()[edge]]++;
    }
    int[][] incident = new int[nodes + 1][];
    for (int node = 0; node <= nodes; node++) {
      incident[node] = new int[degree[node]];
    }
    for (int edge = 0; edge < constraints.count(); edge++) {
      if (constraints.tail()[edge] < nodes) {
        incident[constraints.tail()[edge]][--degree[constraints.tail()[edge]]] = edge;
        incident[constraints.head()[edge]][--degree[constraints.head()[edge]]] = edge;
      }
    }
    // The edges from the additional node are left out.
    for (int node = 0; node < nodes; node++) {
      incident[node] = Arrays.copyOfRange(incident[node], degree[node], incident[node].length);
    }
    return incident;
  }
}
