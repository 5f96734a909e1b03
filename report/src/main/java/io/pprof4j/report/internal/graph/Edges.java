// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.report.internal.text.GoMath;
import java.util.Arrays;

/**
 * Weighted edges between nodes, found by their ends.
 *
 * <p>An open-addressing table from the pair of ends to an edge number; the edges themselves are
 * columns. Removed edges keep their number.
 */
public final class Edges {
  private static final int EMPTY = -1;

  private int size;

  /** By edge: the node that calls. */
  public int[] source = new int[64];

  /** By edge: the node that is called. */
  public int[] target = new int[64];

  /** By edge: sum of the samples that go along it. */
  public long[] weight = new long[64];

  long[] divisor = new long[64];

  /** Whether the edge stands for calls through nodes that are not in the graph. */
  public boolean[] residual = new boolean[64];

  /** Whether all calls were inlined into the caller. */
  public boolean[] inline = new boolean[64];

  /** By edge: whether it is no longer there. */
  public boolean[] removed = new boolean[64];

  /** Keys of the table's slots, {@link #EMPTY} for a free one, and the edges they belong to. */
  private long[] keys = new long[256];

  private int[] table = new int[256];

  /** How far a product is shifted for its top bits to be a slot. */
  private int shift = shift();

  /** No edges. */
  public Edges() {
    Arrays.fill(keys, EMPTY);
  }

  /** How many numbers are in use, those of removed edges too. */
  public int size() {
    return size;
  }

  /** The number of the edge, added if it is new: as inlined and not residual, without weight. */
  public int find(int from, int to) {
    long key = key(from, to);
    int slot = slot(key);
    while (keys[slot] != EMPTY) {
      if (keys[slot] == key) {
        return table[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    table[slot] = size;
    return append(from, to);
  }

  private static long key(int from, int to) {
    return (long) from << 32 | to;
  }

  /** The top bits of a product, since those depend on all bits of the key. */
  private int slot(long key) {
    long mixed = (key ^ (key >>> 29)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> shift);
  }

  private int shift() {
    return Long.SIZE - Integer.numberOfTrailingZeros(keys.length);
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
    keys = new long[Math.toIntExact(keys.length * 2L)];
    table = new int[keys.length];
    shift = shift();
    Arrays.fill(keys, EMPTY);
    for (int edge = 0; edge < size; edge++) {
      long key = key(source[edge], target[edge]);
      int slot = slot(key);
      while (keys[slot] != EMPTY) {
        slot = (slot + 1) & (keys.length - 1);
      }
      keys[slot] = key;
      table[slot] = edge;
    }
  }

  /** The weight, or its mean if there is a divisor. */
  public long value(int edge) {
    return GoMath.mean(weight[edge], divisor[edge]);
  }
}
