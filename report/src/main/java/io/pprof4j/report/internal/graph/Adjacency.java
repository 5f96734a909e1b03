// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import java.util.Arrays;

/** The edges that leave, or enter, each node: a list of edge numbers per node. */
public final class Adjacency {
  private final int[] first;
  private final int[] edge;

  private Adjacency(int[] first, int[] edge) {
    this.first = first;
    this.edge = edge;
  }

  /** Groups edges that are not removed by their source. */
  public static Adjacency out(Edges edges, int nodes) {
    return group(edges, edges.source, nodes);
  }

  /** Groups edges that are not removed by their target. */
  public static Adjacency in(Edges edges, int nodes) {
    return group(edges, edges.target, nodes);
  }

  private static Adjacency group(Edges edges, int[] end, int nodes) {
    int[] first = new int[nodes + 1];
    for (int at = 0; at < edges.size(); at++) {
      if (!edges.removed[at]) {
        first[end[at] + 1]++;
      }
    }
    for (int node = 0; node < nodes; node++) {
      first[node + 1] += first[node];
    }
    int[] edge = new int[first[nodes]];
    int[] next = Arrays.copyOf(first, nodes);
    for (int at = 0; at < edges.size(); at++) {
      if (!edges.removed[at]) {
        edge[next[end[at]]++] = at;
      }
    }
    return new Adjacency(first, edge);
  }

  /** How many edges a node has. */
  public int count(int node) {
    return first[node + 1] - first[node];
  }

  int edge(int node, int at) {
    return edge[first[node] + at];
  }

  /** The edges of a node, as a new array. */
  public int[] edges(int node) {
    return Arrays.copyOfRange(edge, first[node], first[node + 1]);
  }
}
