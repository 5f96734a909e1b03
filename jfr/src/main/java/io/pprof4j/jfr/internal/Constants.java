// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;

/** The constants of one type in a chunk, which are looked at one after the other. */
final class Constants {
  private final @Nullable ConstantPool pool;
  private final Cursor cursor = new Cursor();
  private final long[] slots;

  /** The constants of a pool; of null there are none. */
  Constants(@Nullable ConstantPool pool) {
    this.pool = pool;
    slots = new long[pool == null ? 0 : pool.layout().slots()];
  }

  /** The slot of a field, -1 if there is no such field. */
  int slot(String field) {
    return pool == null ? -1 : pool.layout().slot(field);
  }

  /** What is read, at a constant after {@link #seek}. */
  Cursor cursor() {
    return cursor;
  }

  /** Goes to a constant; false if there is none of that number. */
  boolean seek(long id) {
    int row = pool == null ? LongIndex.NONE : pool.row(id);
    if (pool == null || row == LongIndex.NONE) {
      return false;
    }
    pool.seek(row, cursor);
    return true;
  }

  /** Reads a constant; false if there is none of that number. */
  boolean read(long id) throws ProfileFormatException {
    if (pool == null || !seek(id)) {
      return false;
    }
    pool.layout().read(cursor, slots);
    return true;
  }

  /** The value of a field of the constant that was read; 0 if there is no such field. */
  long value(int slot) {
    return slot < 0 ? 0 : slots[slot];
  }
}
