// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.Arrays;
import java.util.Random;

/** The orders from which {@link CrossingReducer} starts. */
enum FirstOrder {
  /** Breadth first along the edges, from the nodes that nothing points to. */
  BREADTH_FROM_TOP,
  /** Breadth first against the edges, from the nodes that point to nothing. */
  BREADTH_FROM_BOTTOM,
  /** Depth first along the edges. */
  DEPTH_FROM_TOP;

  /**
   * Distributes the nodes of a connected part over the ranks in the order in which they are met.
   *
   * @param depth the number of ranks
   */
  int[][] of(Layers layers, int[] part, int depth) {
    int[] nodes = part.clone();
    Arrays.sort(nodes);
    return distribute(layers, walk(layers, nodes, next(layers)), depth);
  }

  /** As {@link #of}, but the walk begins anywhere and takes the edges of a node in any order. */
  int[][] shuffled(Layers layers, int[] part, int depth, Random random) {
    int[] nodes = part.clone();
    shuffle(nodes, random);
    int[][] next = next(layers).clone();
    for (int node : nodes) {
      if (next[node].length > 1) {
        next[node] = next[node].clone();
        shuffle(next[node], random);
      }
    }
    return distribute(layers, walk(layers, nodes, next), depth);
  }

  private static void shuffle(int[] nodes, Random random) {
    for (int index = nodes.length - 1; index > 0; index--) {
      int other = random.nextInt(index + 1);
      int node = nodes[index];
      nodes[index] = nodes[other];
      nodes[other] = node;
    }
  }

  private int[][] next(Layers layers) {
    return this == BREADTH_FROM_BOTTOM ? layers.above : layers.below;
  }

  private static int[][] distribute(Layers layers, int[] walked, int depth) {
    int[][] order = new int[depth][];
    int[] size = new int[depth];
    for (int node : walked) {
      size[layers.rank[node]]++;
    }
    for (int r = 0; r < depth; r++) {
      order[r] = new int[size[r]];
      size[r] = 0;
    }
    for (int node : walked) {
      order[layers.rank[node]][size[layers.rank[node]]++] = node;
    }
    return order;
  }

  private int[] walk(Layers layers, int[] part, int[][] next) {
    int[][] back = this == BREADTH_FROM_BOTTOM ? layers.below : layers.above;
    boolean[] seen = new boolean[layers.count];
    int[] met = new int[part.length];
    int[] child = new int[this == DEPTH_FROM_TOP ? layers.count : 0];
    int[] stack = new int[child.length == 0 ? 0 : part.length];
    int count = 0;
    for (int root : part) {
      if (back[root].length == 0) {
        count =
            this == DEPTH_FROM_TOP
                ? depthFirst(root, next, seen, new Walk(met, stack, child), count)
                : breadthFirst(root, next, seen, met, count);
      }
    }
    return met;
  }

  private static int breadthFirst(int root, int[][] next, boolean[] seen, int[] met, int count) {
    int head = count;
    met[count++] = root;
    seen[root] = true;
    while (head < count) {
      for (int node : next[met[head++]]) {
        if (!seen[node]) {
          seen[node] = true;
          met[count++] = node;
        }
      }
    }
    return count;
  }

  /** What a search keeps between its roots. */
  private static final class Walk {
    final int[] met;
    final int[] stack;
    final int[] child;

    Walk(int[] met, int[] stack, int[] child) {
      this.met = met;
      this.stack = stack;
      this.child = child;
    }
  }

  private static int depthFirst(int root, int[][] next, boolean[] seen, Walk walk, int count) {
    int depth = 0;
    walk.stack[0] = root;
    seen[root] = true;
    walk.met[count++] = root;
    while (depth >= 0) {
      int node = walk.stack[depth];
      if (walk.child[node] == next[node].length) {
        depth--;
        continue;
      }
      int target = next[node][walk.child[node]++];
      if (!seen[target]) {
        seen[target] = true;
        walk.met[count++] = target;
        walk.stack[++depth] = target;
      }
    }
    return count;
  }
}
