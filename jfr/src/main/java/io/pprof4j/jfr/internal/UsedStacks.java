// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stacks that events refer to, in the order in which they first do. */
final class UsedStacks {
  static final int NONE = -1;

  private final @Nullable ConstantPool pool;

  /** Positions in the order, plus one, by row of the constant; 0 of stacks that are not used. */
  private final int[] position;

  private int[] rows = new int[64];
  private int size;

  /** No stacks yet of a chunk that has these; null if it has none. */
  UsedStacks(@Nullable ConstantPool pool) {
    this.pool = pool;
    position = new int[pool == null ? 0 : pool.size()];
  }

  /** Notes that an event refers to a stack, by its id. */
  void note(long id) {
    int row = pool == null ? LongIndex.NONE : pool.row(id);
    if (row == LongIndex.NONE || position[row] != 0) {
      return;
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, Math.multiplyExact(size, 2));
    }
    rows[size++] = row;
    position[row] = size;
  }

  /** Where a stack is in the order; NONE if the chunk has no such stack, or nobody noted it. */
  int position(long id) {
    int row = pool == null ? LongIndex.NONE : pool.row(id);
    return row == LongIndex.NONE ? NONE : position[row] - 1;
  }

  int size() {
    return size;
  }

  /** The constant at a position. */
  int row(int at) {
    return rows[at];
  }
}
