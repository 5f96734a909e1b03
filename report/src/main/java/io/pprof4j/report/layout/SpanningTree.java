// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.Arrays;

/** A spanning tree of tight edges, with postorder numbers, for {@link NetworkSimplex}. */
final class SpanningTree {
  /*
   * The edges at a node are one stretch of `incident`, in which the tree's edges stand first.
   * A node's subtree has the postorder numbers [low[node], lim[node]], lim[node] being its own,
   * and order[number] is the node of a number.
   */
  final Constraints edges;
  final int[] value;
  final int[] incident;
  final int[] low;
  final int[] lim;
  final int[] order;
  final int[] parentEdge;
  final int[] treeEdge;

  private final int[] start;
  private final int[] treeDegree;
  private final int[] rowOfTreeEdge;
  private final int[] stack;
  private final int[] nextSlot;

  private SpanningTree(Constraints edges, int[] value) {
    this.edges = edges.trim();
    this.value = value;
    int nodes = value.length;
    start = new int[nodes + 1];
    incident = new int[2 * edges.count()];
    low = new int[nodes];
    lim = new int[nodes];
    order = new int[nodes];
    parentEdge = new int[nodes];
    treeEdge = new int[Math.max(0, nodes - 1)];
    treeDegree = new int[nodes];
    rowOfTreeEdge = new int[edges.count()];
    stack = new int[nodes + 1];
    nextSlot = new int[nodes];
    fillIncident();
  }

  /** Makes the values tight along a spanning tree, never at a higher cost, and returns the tree. */
  static SpanningTree tight(Constraints edges, int[] value) {
    SpanningTree tree = new SpanningTree(edges, value);
    boolean[] chosen = new TightForest(tree).grow();
    int row = 0;
    for (int edge = 0; edge < edges.count(); edge++) {
      if (chosen[edge]) {
        tree.treeEdge[row] = edge;
        tree.rowOfTreeEdge[edge] = row++;
        tree.attach(edges.tail()[edge], edge);
        tree.attach(edges.head()[edge], edge);
      }
    }
    if (value.length > 0) {
      tree.number(0, -1, 0);
    }
    return tree;
  }

  private void fillIncident() {
    for (int edge = 0; edge < edges.count(); edge++) {
      start[edges.tail()[edge] + 1]++;
      start[edges.head()[edge] + 1]++;
    }
    for (int node = 0; node < value.length; node++) {
      start[node + 1] += start[node];
    }
    int[] fill = Arrays.copyOf(start, value.length);
    for (int edge = 0; edge < edges.count(); edge++) {
      incident[fill[edges.tail()[edge]]++] = edge;
      incident[fill[edges.head()[edge]]++] = edge;
    }
  }

  int slack(int edge) {
    return value[edges.head()[edge]] - value[edges.tail()[edge]] - edges.minLen()[edge];
  }

  int begin(int node) {
    return start[node];
  }

  int firstNonTree(int node) {
    return start[node] + treeDegree[node];
  }

  int end(int node) {
    return start[node + 1];
  }

  int otherEnd(int edge, int node) {
    return edges.tail()[edge] == node ? edges.head()[edge] : edges.tail()[edge];
  }

  int parent(int node) {
    return otherEnd(parentEdge[node], node);
  }

  /** The end of a tree edge that is the other's child. */
  int lowerEnd(int edge) {
    int one = edges.tail()[edge];
    int other = edges.head()[edge];
    return lim[one] < lim[other] ? one : other;
  }

  /** Whether {@code node} lies in the subtree of {@code root}. */
  boolean isBelow(int node, int root) {
    return lim[node] >= low[root] && lim[node] <= lim[root];
  }

  /** Replaces a tree edge and numbers anew what lies below {@code top}, the top of their cycle. */
  void exchange(int leaving, int entering, int top) {
    int row = rowOfTreeEdge[leaving];
    treeEdge[row] = entering;
    rowOfTreeEdge[entering] = row;
    detach(edges.tail()[leaving], leaving);
    detach(edges.head()[leaving], leaving);
    attach(edges.tail()[entering], entering);
    attach(edges.head()[entering], entering);
    number(top, parentEdge[top], low[top]);
  }

  private void attach(int node, int edge) {
    swap(slotOf(node, edge, firstNonTree(node)), firstNonTree(node));
    treeDegree[node]++;
  }

  private void detach(int node, int edge) {
    treeDegree[node]--;
    swap(slotOf(node, edge, start[node]), firstNonTree(node));
  }

  private int slotOf(int node, int edge, int from) {
    int slot = from;
    while (incident[slot] != edge) {
      slot++;
    }
    if (slot >= end(node)) {
      throw new IllegalStateException("edge " + edge + " does not touch node " + node);
    }
    return slot;
  }

  private void swap(int one, int other) {
    int edge = incident[one];
    incident[one] = incident[other];
    incident[other] = edge;
  }

  /** Numbers the subtree of {@code root} in postorder from {@code next} on, without recursion. */
  private void number(int root, int edgeToParent, int next) {
    int depth = 0;
    stack[0] = root;
    parentEdge[root] = edgeToParent;
    low[root] = next;
    nextSlot[root] = start[root];
    while (depth >= 0) {
      int node = stack[depth];
      int slot = nextSlot[node]++;
      if (slot == firstNonTree(node)) {
        lim[node] = next;
        order[next++] = node;
        depth--;
      } else if (incident[slot] != parentEdge[node]) {
        int child = otherEnd(incident[slot], node);
        parentEdge[child] = incident[slot];
        low[child] = next;
        nextSlot[child] = start[child];
        stack[++depth] = child;
      }
    }
  }
}
