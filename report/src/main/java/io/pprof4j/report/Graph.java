// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes with their values, and the edges between them.
 *
 * <p>Nodes are numbered from 0. In a graph, a node is a row of its {@link NodeTable}; in a call
 * tree several nodes share a row. Values do not depend on which nodes a report keeps; edges do.
 */
final class Graph {
  final NodeTable table;

  /** Row in the table, by node; null if the node is the row. */
  private final int @Nullable [] row;

  final long[] flat;
  final long[] cum;

  /** Divisors of means, or empty. */
  final long[] flatDivisor;

  final long[] cumDivisor;

  Edges edges = new Edges();

  /** The nodes that the report shows, in order; others may still be ends of edges. */
  int[] shown;

  /** The caller of each node of a call tree before trimming, or null. */
  private int @Nullable [] parents;

  private final @Nullable String[] names;

  Graph(NodeTable table, int @Nullable [] row, int size, boolean mean) {
    this.table = table;
    this.row = row;
    flat = new long[size];
    cum = new long[size];
    flatDivisor = new long[mean ? size : 0];
    cumDivisor = new long[mean ? size : 0];
    names = new String[size];
    shown = new int[0];
  }

  /** Makes this a call tree. */
  void setParents(int[] parentOfNode) {
    parents = parentOfNode;
  }

  /** The caller of a node of a call tree, -1 for a root; always -1 in a graph. */
  int parent(int node) {
    return parents == null ? -1 : parents[node];
  }

  int size() {
    return flat.length;
  }

  NodeInfo info(int node) {
    return table.info(row == null ? node : row[node]);
  }

  String name(int node) {
    String name = names[node];
    if (name == null) {
      name = info(node).printableName();
      names[node] = name;
    }
    return name;
  }

  /** The node's own value, or its mean. */
  long flatValue(int node) {
    return flatDivisor.length == 0 ? flat[node] : GoMath.mean(flat[node], flatDivisor[node]);
  }

  /** The value of the node and all it called, or its mean. */
  long cumValue(int node) {
    return cumDivisor.length == 0 ? cum[node] : GoMath.mean(cum[node], cumDivisor[node]);
  }

  /** Sum of the own values of the nodes shown. */
  long shownFlat() {
    long sum = 0;
    for (int node : shown) {
      sum += flatValue(node);
    }
    return sum;
  }

  /**
   * The format in the unit that suits the values shown.
   *
   * @param wholeNumbers whether values are shown without decimals
   */
  ValueFormat suited(ValueFormat format, long total, boolean wholeNumbers) {
    return shown.length == 0 ? format : format.suiting(smallestShown(), total, wholeNumbers);
  }

  private long smallestShown() {
    long smallest = 0;
    for (int node : shown) {
      long own = Math.abs(flatValue(node));
      long size = own == 0 ? Math.abs(cumValue(node)) : own;
      if (size > 0 && (smallest == 0 || size < smallest)) {
        smallest = size;
      }
    }
    return smallest;
  }

  /** Shows the nodes that have a value, in the order of their numbers. */
  void showUsed(boolean dropNegative) {
    int count = 0;
    int[] used = new int[size()];
    for (int node = 0; node < size(); node++) {
      boolean zero = cum[node] == 0 && flat[node] == 0;
      if (!zero && !(dropNegative && isNegative(node))) {
        used[count++] = node;
      }
    }
    shown = Arrays.copyOf(used, count);
  }

  private boolean isNegative(int node) {
    return flat[node] < 0 || (flat[node] == 0 && cum[node] < 0);
  }

  /** Order of the edges of a node: heavy first, then by the names of the ends. */
  Comparator<Integer> edgeOrder() {
    return (a, b) -> {
      long left = Math.abs(edges.weight[a]);
      long right = Math.abs(edges.weight[b]);
      if (left != right) {
        return Long.compare(right, left);
      }
      int bySource = ByteOrder.compare(name(edges.source[a]), name(edges.source[b]));
      return bySource != 0
          ? bySource
          : ByteOrder.compare(name(edges.target[a]), name(edges.target[b]));
    };
  }

  /** Edges in the order of {@link #edgeOrder}. */
  List<Integer> sorted(int[] edgeNumbers) {
    Integer[] sorted = new Integer[edgeNumbers.length];
    for (int at = 0; at < sorted.length; at++) {
      sorted[at] = edgeNumbers[at];
    }
    Arrays.sort(sorted, edgeOrder());
    return Arrays.asList(sorted);
  }
}
