// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The graph cut into ranks: an edge that spans several ranks is a chain of virtual nodes, one a
 * rank, and the one in the middle has the size of the edge's label.
 */
final class Layers {
  /*
   * Nodes 0 .. realNodes-1 are the graph's, all others are virtual. A piece of an edge between
   * neighbouring ranks is a segment; below[v] and above[v] list the neighbours of v, one entry a
   * segment. Widths count from the point where edges pass: the centre of a real node, the left
   * edge of a label.
   */
  static final double NODE_GAP = 18;
  static final double LINE_GAP = 8;
  private static final double LINE_WIDTH = 2;
  private static final double LABEL_INDENT = 2;

  final LayoutGraph graph;
  final int realNodes;
  final int count;
  final int[] rank;
  final double[] left;
  final double[] right;
  final double[] height;
  final boolean[] isLabel;

  /** For each edge of the graph, its nodes from top to bottom; empty for a loop. */
  final int[][] chains;

  /** For each virtual node, the edge it belongs to; -1 for the others. */
  final int[] edgeOf;

  final int[][] below;
  final int[][] above;

  /** The edge of each segment in {@link #below} and {@link #above}. */
  final int[][] belowEdge;

  final int[][] aboveEdge;

  /** The nodes of each rank from left to right. */
  final int[][] order;

  /** The index of each node in its rank. */
  final int[] position;

  Layers(LayoutGraph graph, boolean[] reversed, int[] realRank) {
    this.graph = graph;
    realNodes = graph.nodes().size();
    chains = new int[graph.edges().size()][];
    int next = realNodes;
    for (int edge = 0; edge < chains.length; edge++) {
      LayoutGraph.Edge e = graph.edges().get(edge);
      next =
          chain(
              edge,
              reversed[edge] ? e.to() : e.from(),
              reversed[edge] ? e.from() : e.to(),
              realRank,
              next);
    }
    count = next;
    rank = Arrays.copyOf(realRank, count);
    left = new double[count];
    right = new double[count];
    height = new double[count];
    isLabel = new boolean[count];
    edgeOf = new int[count];
    Arrays.fill(edgeOf, -1);
    measureNodes();
    measureChains();
    below = new int[count][];
    belowEdge = new int[count][];
    above = new int[count][];
    aboveEdge = new int[count][];
    connect(true, below, belowEdge);
    connect(false, above, aboveEdge);
    order = ranksInNodeOrder();
    position = new int[count];
    updatePositions();
  }

  private int chain(int edge, int top, int bottom, int[] realRank, int next) {
    int span = realRank[bottom] - realRank[top];
    if (span == 0) {
      chains[edge] = new int[0];
      return next;
    }
    int[] chain = new int[span + 1];
    chain[0] = top;
    chain[span] = bottom;
    for (int link = 1; link < span; link++) {
      chain[link] = next++;
    }
    chains[edge] = chain;
    return next;
  }

  private void measureNodes() {
    for (int node = 0; node < realNodes; node++) {
      LayoutGraph.Size size = graph.nodes().get(node);
      left[node] = size.width() / 2;
      right[node] = size.width() / 2;
      height[node] = size.height();
    }
    for (LayoutGraph.Edge edge : graph.edges()) {
      if (edge.from() == edge.to()) {
        right[edge.from()] += Loops.room(edge.label());
      }
    }
  }

  private void measureChains() {
    for (int edge = 0; edge < chains.length; edge++) {
      int[] chain = chains[edge];
      LayoutGraph.Size label = graph.edges().get(edge).label();
      for (int link = 1; link < chain.length - 1; link++) {
        int node = chain[link];
        rank[node] = rank[chain[0]] + link;
        edgeOf[node] = edge;
        left[node] = LINE_WIDTH;
        right[node] = LINE_WIDTH;
        if (link == chain.length / 2 && !label.isEmpty()) {
          isLabel[node] = true;
          left[node] = LABEL_INDENT;
          right[node] = label.width();
          height[node] = label.height();
        }
      }
    }
  }

  private void connect(boolean downwards, int[][] nodes, int[][] edges) {
    int[] degree = new int[count];
    for (int[] chain : chains) {
      for (int link = 1; link < chain.length; link++) {
        degree[downwards ? chain[link - 1] : chain[link]]++;
      }
    }
    for (int node = 0; node < count; node++) {
      nodes[node] = new int[degree[node]];
      edges[node] = new int[degree[node]];
    }
    for (int edge = chains.length - 1; edge >= 0; edge--) {
      int[] chain = chains[edge];
      for (int link = 1; link < chain.length; link++) {
        int from = downwards ? chain[link - 1] : chain[link];
        int slot = --degree[from];
        nodes[from][slot] = downwards ? chain[link] : chain[link - 1];
        edges[from][slot] = edge;
      }
    }
  }

  private int[][] ranksInNodeOrder() {
    int ranks = 0;
    for (int r : rank) {
      ranks = Math.max(ranks, r + 1);
    }
    int[] size = new int[ranks];
    for (int r : rank) {
      size[r]++;
    }
    int[][] result = new int[ranks][];
    for (int r = 0; r < ranks; r++) {
      result[r] = new int[size[r]];
    }
    Arrays.fill(size, 0);
    for (int node = 0; node < count; node++) {
      result[rank[node]][size[rank[node]]++] = node;
    }
    return result;
  }

  void updatePositions() {
    for (int[] layer : order) {
      for (int index = 0; index < layer.length; index++) {
        position[layer[index]] = index;
      }
    }
  }

  boolean isVirtual(int node) {
    return node >= realNodes;
  }

  /** The least distance between two nodes that stand side by side in a rank. */
  double separation(int leftNode, int rightNode) {
    boolean lines = isVirtual(leftNode) || isVirtual(rightNode);
    return right[leftNode] + left[rightNode] + (lines ? LINE_GAP : NODE_GAP);
  }

  /** The nodes of each connected part, parts in the order of their first node. */
  List<int[]> parts() {
    boolean[] seen = new boolean[count];
    int[] queue = new int[count];
    List<int[]> parts = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      if (!seen[node]) {
        int end = 0;
        queue[end++] = node;
        seen[node] = true;
        for (int next = 0; next < end; next++) {
          end = visit(below[queue[next]], seen, queue, end);
          end = visit(above[queue[next]], seen, queue, end);
        }
        parts.add(Arrays.copyOf(queue, end));
      }
    }
    return parts;
  }

  private static int visit(int[] nodes, boolean[] seen, int[] queue, int end) {
    for (int node : nodes) {
      if (!seen[node]) {
        seen[node] = true;
        queue[end++] = node;
      }
    }
    return end;
  }
}
