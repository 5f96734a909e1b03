// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.GoMath;
import io.pprof4j.report.internal.text.ValueFormat;
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
public final class Graph {
  final NodeTable table;

  /** Row in the table, by node; null if the node is the row. */
  private final int @Nullable [] row;

  /** By node: sum of the samples that end in it. */
  public final long[] flat;

  /** By node: sum of the samples that pass through it. */
  public final long[] cum;

  /** Divisors of means, or empty. */
  public final long[] flatDivisor;

  /** By node: what {@link #cum} is divided by for a mean; or empty. */
  public final long[] cumDivisor;

  /** The calls between nodes. */
  public Edges edges = new Edges();

  /** The nodes that the report shows, in order; others may still be ends of edges. */
  public int[] shown;

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
  public int parent(int node) {
    return parents == null ? -1 : parents[node];
  }

  /** How many nodes there are, shown or not. */
  public int size() {
    return flat.length;
  }

  /** What a node is. */
  public NodeInfo info(int node) {
    return table.info(row == null ? node : row[node]);
  }

  /** The name of a node, as reports print it. */
  public String name(int node) {
    String name = names[node];
    if (name == null) {
      name = info(node).printableName();
      names[node] = name;
    }
    return name;
  }

  /** The node's own value, or its mean. */
  public long flatValue(int node) {
    return flatDivisor.length == 0 ? flat[node] : GoMath.mean(flat[node], flatDivisor[node]);
  }

  /** The value of the node and all it called, or its mean. */
  public long cumValue(int node) {
    return cumDivisor.length == 0 ? cum[node] : GoMath.mean(cum[node], cumDivisor[node]);
  }

  /** Sum of the own values of the nodes shown. */
  public long shownFlat() {
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
  public ValueFormat suited(ValueFormat format, long total, boolean wholeNumbers) {
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
  public Comparator<Integer> edgeOrder() {
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
  public List<Integer> sorted(int[] edgeNumbers) {
    Integer[] sorted = new Integer[edgeNumbers.length];
    for (int at = 0; at < sorted.length; at++) {
      sorted[at] = edgeNumbers[at];
    }
    Arrays.sort(sorted, edgeOrder());
    return Arrays.asList(sorted);
  }
}
