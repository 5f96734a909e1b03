// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import java.util.Arrays;

/** Removes nodes from a call tree; their children move up to the nearest node that stays. */
final class TreeTrimmer {
  private static final int NONE = -1;

  private TreeTrimmer() {}

  /** Removes the nodes shown that are not kept. Nodes that were not shown stay where they are. */
  static void trim(Graph tree, boolean[] kept) {
    boolean[] leaves = new boolean[tree.size()];
    for (int node : tree.shown) {
      leaves[node] = !kept[node];
    }
    Edges edges = tree.edges;
    int[] edgeInto = edgesInto(tree);
    int[] source = Arrays.copyOf(edges.source, edges.size());
    boolean[] inline = Arrays.copyOf(edges.inline, edges.size());
    for (int node = 0; node < tree.size(); node++) {
      int edge = edgeInto[node];
      if (edge == NONE) {
        continue;
      }
      if (leaves[node]) {
        edges.removed[edge] = true;
        continue;
      }
      int above = source[edge];
      while (above != NONE && leaves[above]) {
        int next = edgeInto[above];
        edges.residual[edge] = true;
        edges.inline[edge] &= next != NONE && inline[next];
        above = next == NONE ? NONE : source[next];
      }
      if (above == NONE) {
        edges.removed[edge] = true;
      } else {
        edges.source[edge] = above;
      }
    }
  }

  /** The edge into each node; a node of a tree has one, a root none. */
  private static int[] edgesInto(Graph tree) {
    int[] edgeInto = new int[tree.size()];
    Arrays.fill(edgeInto, NONE);
    for (int edge = 0; edge < tree.edges.size(); edge++) {
      if (!tree.edges.removed[edge]) {
        edgeInto[tree.edges.target[edge]] = edge;
      }
    }
    return edgeInto;
  }
}
