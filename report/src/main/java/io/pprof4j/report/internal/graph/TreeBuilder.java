// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Stacks;
import java.util.Arrays;

/**
 * Sums a profile into a call tree: a node stands for a path from the root.
 *
 * <p>Nodes are found by their parent and their row in the node table, through the edges' own table:
 * the key of an edge is (parent + 1, row), and its number is that of the node.
 */
final class TreeBuilder implements NodeLabels.StackNodes {
  private static final int ROOT = 0;

  private final NodeTable table;
  private final Stacks stacks;
  private final StackWeights weights;
  private final Edges paths = new Edges();
  private int[] leafOfStack = new int[0];

  TreeBuilder(Profile profile, NodeTable table, StackWeights weights) {
    this.table = table;
    this.stacks = profile.stacks();
    this.weights = weights;
  }

  /** The tree with its edges. */
  Graph build() {
    leafOfStack = new int[stacks.size()];
    Arrays.fill(leafOfStack, -1);
    for (int stack = 0; stack < stacks.size(); stack++) {
      Interrupts.check(stack);
      if (weights.used[stack]) {
        leafOfStack[stack] = addPath(stack);
      }
    }
    int size = paths.size();
    Graph tree = new Graph(table, Arrays.copyOf(paths.target, size), size, weights.hasDivisor());
    int[] parents = Arrays.copyOf(paths.source, size);
    Arrays.setAll(parents, node -> parents[node] - 1);
    tree.setParents(parents);
    addValues(tree);
    addEdges(tree);
    return tree;
  }

  /** The node at the end of a stack's path; -1 for an empty stack. */
  private int addPath(int stack) {
    int parent = ROOT;
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      int outermost = table.first[location + 1] - 1;
      for (int frame = outermost; frame >= table.first[location]; frame--) {
        int node = paths.find(parent, table.node[frame]);
        paths.inline[node] &= frame != outermost;
        parent = node + 1;
      }
    }
    return parent - 1;
  }

  /** Children are numbered above their parents, so one backward pass sums every subtree. */
  private void addValues(Graph tree) {
    for (int stack = 0; stack < leafOfStack.length; stack++) {
      Interrupts.check(stack);
      int leaf = leafOfStack[stack];
      if (leaf >= 0) {
        tree.flat[leaf] += weights.weight[stack];
        tree.cum[leaf] += weights.weight[stack];
        if (weights.hasDivisor()) {
          tree.flatDivisor[leaf] += weights.divisor[stack];
          tree.cumDivisor[leaf] += weights.divisor[stack];
        }
      }
    }
    for (int node = tree.size() - 1; node >= 0; node--) {
      int parent = paths.source[node] - 1;
      if (parent >= 0) {
        tree.cum[parent] += tree.cum[node];
        if (weights.hasDivisor()) {
          tree.cumDivisor[parent] += tree.cumDivisor[node];
        }
      }
    }
  }

  private void addEdges(Graph tree) {
    for (int node = 0; node < tree.size(); node++) {
      int parent = paths.source[node] - 1;
      if (parent >= 0) {
        int edge = tree.edges.append(parent, node);
        tree.edges.weight[edge] = tree.cum[node];
        tree.edges.divisor[edge] = weights.hasDivisor() ? tree.cumDivisor[node] : 0;
        tree.edges.inline[edge] = paths.inline[node];
      }
    }
  }

  @Override
  public int ofStack(int stack, int[] leafFirst) {
    int count = 0;
    for (int node = leafOfStack[stack]; node >= 0; node = paths.source[node] - 1) {
      leafFirst[count++] = node;
    }
    return count;
  }
}
