// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stacks that events refer to, in the order in which they first do. */
final class UsedStacks {
  static final int NONE = -1;

  /** Of so many events it is remembered where their stacks are, which takes 16 MB. */
  private static final int MOST_EVENTS = 1 << 22;

  private final @Nullable ConstantPool pool;

  /** Positions in the order, plus one, by row of the constant; 0 of stacks that are not used. */
  private final int[] position;

  private int[] rows = new int[64];
  private int size;

  /** Positions by number of the event, so that ids are looked up once. */
  private int[] ofEvent = new int[64];

  private int events;

  /** No stacks yet of a chunk that has these; null if it has none. */
  UsedStacks(@Nullable ConstantPool pool) {
    this.pool = pool;
    position = new int[pool == null ? 0 : pool.size()];
  }

  /** Notes that the next event refers to a stack, by its id; there may be none of it. */
  void note(long id) {
    int row = pool == null ? LongIndex.NONE : pool.row(id);
    if (row != LongIndex.NONE && position[row] == 0) {
      rows = size == rows.length ? Arrays.copyOf(rows, Math.multiplyExact(size, 2)) : rows;
      rows[size++] = row;
      position[row] = size;
    }
    if (events < MOST_EVENTS) {
      ofEvent = events == ofEvent.length ? Arrays.copyOf(ofEvent, 2 * events) : ofEvent;
      ofEvent[events++] = row == LongIndex.NONE ? NONE : position[row] - 1;
    }
  }

  /**
   * Where the stack of an event is in the order; NONE if the chunk does not have it.
   *
   * @param number how many events were noted before
   * @param id what the event refers to
   */
  int ofEvent(long number, long id) {
    if (number < events) {
      return ofEvent[(int) number];
    }
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
