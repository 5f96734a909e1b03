// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Stacks;
import java.util.Arrays;

/**
 * Merges the stacks of a profile into one tree, and puts its nodes in the order of the picture.
 *
 * <p>Nodes are found by their parent and their frame through the edges' own table: the key of an
 * edge is (parent, frame), and node n is edge n - 1, since node 0 is the root.
 */
final class FlameTree {
  private static final int FEW = 16;

  private final Stacks stacks;
  private final FlameFrames frames;
  private final FlameWeights weights;
  private final Edges paths = new Edges();
  private final int[] nodeOfStack;

  /** By node as numbered while building. */
  private final long[] builtSelf;

  private final long[] builtBase;
  private final long[] size;

  /** Children of built node n are children[firstChild[n]] .. children[firstChild[n + 1] - 1]. */
  private final int[] firstChild;

  private final int[] children;

  /** By node in the order of the picture: parents first, and the heavier sibling first. */
  final int[] depth;

  final int[] frame;
  final long[] self;
  final long[] base;

  /** Built node to node in the order of the picture. */
  private final int[] position;

  FlameTree(Stacks stacks, FlameFrames frames, FlameWeights weights) {
    this.stacks = stacks;
    this.frames = frames;
    this.weights = weights;
    this.nodeOfStack = new int[stacks.size()];
    for (int stack = 0; stack < stacks.size(); stack++) {
      Interrupts.check(stack);
      nodeOfStack[stack] = weights.used[stack] ? addPath(stack) : -1;
    }
    int nodes = paths.size() + 1;
    this.builtSelf = new long[nodes];
    this.builtBase = new long[nodes];
    this.size = new long[nodes];
    sum();
    this.firstChild = new int[nodes + 1];
    this.children = new int[nodes - 1];
    listChildren();
    this.depth = new int[nodes];
    this.frame = new int[nodes];
    this.self = new long[nodes];
    this.base = new long[nodes];
    this.position = new int[nodes];
    order();
  }

  int nodeCount() {
    return depth.length;
  }

  /** The node at the end of a stack's path, in the order of the picture; -1 for none. */
  int nodeOfStack(int stack) {
    return nodeOfStack[stack] < 0 ? -1 : position[nodeOfStack[stack]];
  }

  private int addPath(int stack) {
    int node = 0;
    for (int at = stacks.depth(stack) - 1; at >= 0; at--) {
      int location = stacks.location(stack, at);
      frames.number(location);
      for (int line = frames.first[location + 1] - 1; line >= frames.first[location]; line--) {
        node = paths.find(node, frames.frame[line]) + 1;
      }
    }
    return node;
  }

  /** Children are numbered above their parents, so one backward pass sums every subtree. */
  private void sum() {
    for (int stack = 0; stack < nodeOfStack.length; stack++) {
      int node = nodeOfStack[stack];
      if (node >= 0) {
        builtSelf[node] += weights.self[stack];
        builtBase[node] += weights.base[stack];
      }
    }
    for (int node = builtSelf.length - 1; node >= 0; node--) {
      size[node] += Math.abs(builtSelf[node]) + Math.abs(builtBase[node]);
      if (node > 0) {
        size[paths.source[node - 1]] += size[node];
      }
    }
  }

  private void listChildren() {
    for (int node = 1; node < size.length; node++) {
      firstChild[paths.source[node - 1] + 1]++;
    }
    for (int node = 0; node < size.length; node++) {
      firstChild[node + 1] += firstChild[node];
    }
    int[] next = Arrays.copyOf(firstChild, size.length);
    for (int node = 1; node < size.length; node++) {
      children[next[paths.source[node - 1]]++] = node;
    }
    for (int node = 0; node < size.length; node++) {
      sortHeaviestFirst(firstChild[node], firstChild[node + 1]);
    }
  }

  private void sortHeaviestFirst(int from, int to) {
    if (to - from > FEW) {
      Integer[] boxed = new Integer[to - from];
      Arrays.setAll(boxed, at -> children[from + at]);
      Arrays.sort(boxed, (one, other) -> Long.compare(size[other], size[one]));
      for (int at = from; at < to; at++) {
        children[at] = boxed[at - from];
      }
      return;
    }
    for (int at = from + 1; at < to; at++) {
      int moved = children[at];
      int slot = at;
      for (; slot > from && size[children[slot - 1]] < size[moved]; slot--) {
        children[slot] = children[slot - 1];
      }
      children[slot] = moved;
    }
  }

  /** Depth first, with a stack of its own: a profile may be deeper than the thread's. */
  private void order() {
    int[] pending = new int[size.length];
    int count = 1;
    for (int next = 0; count > 0; next++) {
      int built = pending[--count];
      position[built] = next;
      frame[next] = built == 0 ? FlameFrames.ROOT : paths.target[built - 1];
      depth[next] = built == 0 ? 0 : depth[position[paths.source[built - 1]]] + 1;
      self[next] = builtSelf[built];
      base[next] = builtBase[built];
      for (int child = firstChild[built + 1] - 1; child >= firstChild[built]; child--) {
        pending[count++] = children[child];
      }
    }
  }
}
