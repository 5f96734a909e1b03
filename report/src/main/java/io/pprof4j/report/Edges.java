// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.Arrays;

/**
 * Weighted edges between nodes, found by their ends.
 *
 * <p>An open-addressing table from the pair of ends to an edge number; the edges themselves are
 * columns. Removed edges keep their number.
 */
final class Edges {
  private static final int EMPTY = -1;

  private int size;
  int[] source = new int[64];
  int[] target = new int[64];
  long[] weight = new long[64];
  long[] divisor = new long[64];

  /** Whether the edge stands for calls through nodes that are not in the graph. */
  boolean[] residual = new boolean[64];

  /** Whether all calls were inlined into the caller. */
  boolean[] inline = new boolean[64];

  boolean[] removed = new boolean[64];

  private int[] table = new int[256];

  Edges() {
    Arrays.fill(table, EMPTY);
  }

  int size() {
    return size;
  }

  /** The number of the edge, added if it is new: as inlined and not residual, without weight. */
  int find(int from, int to) {
    int mask = table.length - 1;
    int slot = hash(from, to) & mask;
    while (table[slot] != EMPTY) {
      int edge = table[slot];
      if (source[edge] == from && target[edge] == to) {
        return edge;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = size;
    return append(from, to);
  }

  /** Adds an edge without looking for an equal one. */
  int append(int from, int to) {
    if (size == source.length) {
      grow();
    }
    source[size] = from;
    target[size] = to;
    inline[size] = true;
    size++;
    if (size * 2L > table.length) {
      rehash();
    }
    return size - 1;
  }

  private void grow() {
    int capacity = Math.toIntExact(size * 2L);
    source = Arrays.copyOf(source, capacity);
    target = Arrays.copyOf(target, capacity);
    weight = Arrays.copyOf(weight, capacity);
    divisor = Arrays.copyOf(divisor, capacity);
    residual = Arrays.copyOf(residual, capacity);
    inline = Arrays.copyOf(inline, capacity);
    removed = Arrays.copyOf(removed, capacity);
  }

  private void rehash() {
    table = new int[Math.toIntExact(table.length * 2L)];
    Arrays.fill(table, EMPTY);
    int mask = table.length - 1;
    for (int edge = 0; edge < size; edge++) {
      int slot = hash(source[edge], target[edge]) & mask;
      while (table[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      table[slot] = edge;
    }
  }

  private static int hash(int from, int to) {
    long mixed = (((long) from << 32) ^ to) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  /** The weight, or its mean if there is a divisor. */
  long value(int edge) {
    return GoMath.mean(weight[edge], divisor[edge]);
  }
}
