// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.PackedFrames;
import java.util.Arrays;

/**
 * Stacks on their way to a {@link ProfileBuilder}. One thread can gather them, which is most of the
 * work, while another one adds those of another batch. Not safe for use by several threads at once.
 */
public final class StackBatch {
  /** How many frames each stack has. */
  final IntColumn depth = new IntColumn();

  final IntColumn hash = new IntColumn();

  /**
   * Where each stack begins in {@code narrow}, or in {@code wide} if that is negative, as ~start.
   */
  final IntColumn start = new IntColumn();

  char[] narrow = new char[0];
  int narrowCount;
  final IntColumn wide = new IntColumn();

  /** The largest row that was added; that of an int if any was negative. */
  private int largest = -1;

  /** A batch without stacks. */
  public StackBatch() {}

  /** How many stacks there are. */
  public int size() {
    return depth.size();
  }

  /**
   * Adds a stack.
   *
   * @param rows locations as rows of the builder to come, leaf first, and then anything
   * @param count how many rows are the stack
   */
  public void add(int[] rows, int count) {
    int bits = 0;
    int top = -1;
    for (int at = 0; at < count; at++) {
      int row = rows[at];
      bits |= row;
      top = row > top ? row : top;
    }
    largest = bits < 0 ? Integer.MAX_VALUE : Math.max(largest, top);
    if (bits >>> Character.SIZE != 0) {
      addWide(rows, count);
      return;
    }
    reserveNarrow(count);
    char[] target = narrow;
    int to = narrowCount;
    for (int at = 0; at < count; at++) {
      target[to + at] = (char) rows[at];
    }
    addNarrow(count, PackedFrames.hash(rows, count));
  }

  /** Whether all rows that were added are below one, and none is negative. */
  boolean hasOnlyBelow(int row) {
    return largest < row;
  }

  /** Makes sure that so many frames more have room. */
  void reserveNarrow(int count) {
    long needed = narrowCount + (long) count;
    if (needed > narrow.length) {
      narrow = Arrays.copyOf(narrow, Capacity.grow(narrow.length, needed));
    }
  }

  /** Adds the stack that was written after the others into {@code narrow}. */
  void addNarrow(int count, int hashOfStack) {
    start.add(narrowCount);
    depth.add(count);
    hash.add(hashOfStack);
    narrowCount += count;
  }

  /** Adds a stack that has numbers beyond 16 bits. */
  void addWide(int[] numbers, int count) {
    start.add(~wide.size());
    wide.addAll(numbers, 0, count);
    depth.add(count);
    hash.add(PackedFrames.hash(numbers, count));
  }

  /** Forgets the stacks, for the next use. */
  public void clear() {
    largest = -1;
    narrowCount = 0;
    depth.clear();
    hash.clear();
    start.clear();
    wide.clear();
  }
}
