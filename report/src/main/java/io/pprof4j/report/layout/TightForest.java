// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.PriorityQueue;

/** Joins nodes by tight edges into one tree, shifting parts of the graph until they touch. */
final class TightForest {
  /*
   * At first the parts are what tight edges connect already. Then the smallest part is shifted
   * until one of its edges is tight, and joins the part at the other end. Because the smaller part
   * always moves, a node moves at most log n times. A part moves in the direction that does not
   * raise the cost, if anything stands in the way there.
   */
  private final SpanningTree tree;
  private final int[] tail;
  private final int[] head;
  private final boolean[] chosen;
  private final int[] part;
  private final int[] nextMember;
  private final int[] lastMember;
  private final int[] size;

  private record Entry(int part, int size) {}

  TightForest(SpanningTree tree) {
    this.tree = tree;
    this.tail = tree.edges.tail();
    this.head = tree.edges.head();
    int nodes = tree.value.length;
    chosen = new boolean[tree.edges.count()];
    part = new int[nodes];
    nextMember = new int[nodes];
    lastMember = new int[nodes];
    size = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      part[node] = node;
      nextMember[node] = -1;
      lastMember[node] = node;
      size[node] = 1;
    }
  }

  /** Which edges form the tree. */
  boolean[] grow() {
    for (int edge = 0; edge < chosen.length; edge++) {
      if (tree.slack(edge) == 0) {
        join(edge);
      }
    }
    PriorityQueue<Entry> parts =
        new PriorityQueue<>(
            (a, b) -> a.size != b.size ? Integer.compare(a.size, b.size) : a.part - b.part);
    for (int node = 0; node < part.length; node++) {
      if (find(node) == node) {
        parts.add(new Entry(node, size[node]));
      }
    }
    while (parts.size() > 1) {
      Entry smallest = parts.remove();
      if (isCurrent(smallest)) {
        int joined = shiftAndJoin(smallest.part);
        parts.add(new Entry(joined, size[joined]));
      }
    }
    return chosen;
  }

  private boolean isCurrent(Entry entry) {
    return part[entry.part] == entry.part && size[entry.part] == entry.size;
  }

  private int find(int node) {
    while (part[node] != node) {
      part[node] = part[part[node]];
      node = part[node];
    }
    return node;
  }

  /** Joins the parts at both ends of a tight edge, if they differ; returns the whole. */
  private int join(int edge) {
    int one = find(tail[edge]);
    int other = find(head[edge]);
    if (one == other) {
      return one;
    }
    chosen[edge] = true;
    int large = size[one] >= size[other] ? one : other;
    int small = large == one ? other : one;
    part[small] = large;
    size[large] += size[small];
    nextMember[lastMember[large]] = small;
    lastMember[large] = lastMember[small];
    return large;
  }

  private int shiftAndJoin(int moved) {
    int nearestOut = -1;
    int nearestIn = -1;
    long pull = 0;
    for (int node = moved; node >= 0; node = nextMember[node]) {
      for (int slot = tree.begin(node); slot < tree.end(node); slot++) {
        int edge = tree.incident[slot];
        if (find(tree.otherEnd(edge, node)) != moved) {
          if (tail[edge] == node) {
            nearestOut = nearer(edge, nearestOut);
            pull += tree.edges.weight()[edge];
          } else {
            nearestIn = nearer(edge, nearestIn);
            pull -= tree.edges.weight()[edge];
          }
        }
      }
    }
    if (nearestOut < 0 && nearestIn < 0) {
      throw new IllegalArgumentException("the graph is not connected at node " + moved);
    }
    boolean up =
        nearestIn < 0 || (nearestOut >= 0 && pull >= 0 && !cheaper(nearestIn, nearestOut, pull));
    int edge = up ? nearestOut : nearestIn;
    int delta = up ? tree.slack(edge) : -tree.slack(edge);
    for (int node = moved; node >= 0; node = nextMember[node]) {
      tree.value[node] += delta;
    }
    return join(edge);
  }

  /** Where the cost does not care, the shorter way is taken. */
  private boolean cheaper(int one, int other, long pull) {
    return pull == 0 && tree.slack(one) < tree.slack(other);
  }

  private int nearer(int edge, int best) {
    return best < 0 || tree.slack(edge) < tree.slack(best) ? edge : best;
  }
}
