// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Stacks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums a profile into a graph in which a node stands for all frames that look alike.
 *
 * <p>Each distinct stack is walked once, from the root to the leaf. A node or an edge that recurs
 * in a stack counts once; stamps with the number of the stack tell.
 */
final class GraphBuilder implements NodeLabels.StackNodes {
  private static final int NONE = -1;

  private final NodeTable table;
  private final Stacks stacks;
  private final StackWeights weights;
  private final int nodes;

  /** The last call of {@link #ofStack} that met each node. */
  private int[] labelled = new int[0];

  private int lastStamp;

  GraphBuilder(Profile profile, NodeTable table, StackWeights weights) {
    this.table = table;
    this.stacks = profile.stacks();
    this.weights = weights;
    this.nodes = table.size();
  }

  /** A graph with the values of its nodes and without edges. */
  Graph nodes() {
    Graph graph = new Graph(table, null, nodes, weights.hasDivisor());
    NodeSums.addTo(graph, table, stacks, weights);
    return graph;
  }

  @Override
  public int ofStack(int stack, int[] leafFirst) {
    if (labelled.length < nodes) {
      labelled = new int[nodes];
    }
    int count = 0;
    int stamp = ++lastStamp;
    for (int depth = 0; depth < stacks.depth(stack); depth++) {
      int location = stacks.location(stack, depth);
      for (int frame = table.first[location]; frame < table.first[location + 1]; frame++) {
        int node = table.node[frame];
        if (labelled[node] != stamp) {
          labelled[node] = stamp;
          leafFirst[count++] = node;
        }
      }
    }
    return count;
  }

  /**
   * The edges between nodes that are kept; an edge over nodes that are not kept is residual.
   *
   * @param kept by node; null keeps all
   */
  Edges edges(boolean @Nullable [] kept) {
    Edges edges = new Edges();
    StampedEdges stamped = new StampedEdges();
    for (int stack = 0; stack < stacks.size(); stack++) {
      if (weights.used[stack]) {
        addEdges(edges, stamped, stack, kept);
      }
    }
    return edges;
  }

  private void addEdges(Edges edges, StampedEdges stamped, int stack, boolean @Nullable [] kept) {
    int parent = NONE;
    boolean residual = false;
    for (int depth = stacks.depth(stack) - 1; depth >= 0; depth--) {
      int location = stacks.location(stack, depth);
      int outermost = table.first[location + 1] - 1;
      for (int frame = outermost; frame >= table.first[location]; frame--) {
        int node = table.node[frame];
        if (kept != null && !kept[node]) {
          residual = true;
          continue;
        }
        if (parent != NONE && parent != node) {
          int edge = edges.find(parent, node);
          if (stamped.first(edge, stack + 1)) {
            edges.weight[edge] += weights.weight[stack];
            if (weights.hasDivisor()) {
              edges.divisor[edge] += weights.divisor[stack];
            }
            edges.residual[edge] |= residual;
            edges.inline[edge] &= frame != outermost;
          }
        }
        parent = node;
        residual = false;
      }
    }
  }

  /** Tells the first time that an edge is met in a stack. */
  private static final class StampedEdges {
    private int[] seenIn = new int[64];

    boolean first(int edge, int stamp) {
      if (edge >= seenIn.length) {
        seenIn = Arrays.copyOf(seenIn, Math.max(edge + 1, seenIn.length * 2));
      }
      boolean first = seenIn[edge] != stamp;
      seenIn[edge] = stamp;
      return first;
    }
  }
}
