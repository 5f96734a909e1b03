// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Stacks;

/**
 * Sums a profile into a graph in which a node stands for all frames that look alike.
 *
 * <p>Each distinct stack is walked once, from the root to the leaf. A node or an edge that recurs
 * in a stack counts once; stamps with the number of the stack tell.
 */
public final class GraphBuilder implements NodeLabels.StackNodes {
  private final NodeTable table;
  private final Stacks stacks;
  private final StackWeights weights;
  private final int nodes;

  /** The last call of {@link #ofStack} that met each node. */
  private int[] labelled = new int[0];

  private int[] locations = new int[0];

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
    if (locations.length == 0) {
      locations = new int[stacks.maxDepth()];
    }
    int count = 0;
    int stamp = ++lastStamp;
    int depth = stacks.locations(stack, locations);
    for (int at = 0; at < depth; at++) {
      int location = locations[at];
      for (int frame = table.first[location]; frame < table.first[location + 1]; frame++) {
        int node = table.node[frame];
        int differs = labelled[node] ^ stamp;
        labelled[node] = stamp;
        leafFirst[count] = node;
        // One more if the node is new in this stack; a branch would be mispredicted.
        count += (differs | -differs) >>> 31;
      }
    }
    return count;
  }

  /** The edges between nodes that are kept; an edge over nodes that are not kept is residual. */
  Edges edges(EdgeSums.Choice choice) {
    return EdgeSums.of(table, stacks, weights, choice);
  }
}
