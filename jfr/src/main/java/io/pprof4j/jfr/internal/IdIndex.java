// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import org.jspecify.annotations.Nullable;

/** Which row belongs to an id. Made once of all ids, then safe for several threads to read. */
final class IdIndex {
  /*
   * Writers count ids up, from where the chunk before ended, but do not write them in order. Where
   * they are close together, the index is an array from the smallest on; else it is a hash table.
   */
  private static final int SPARSENESS = 8;

  private static final int FREE = 64;

  private final long smallest;

  /** Rows plus one; empty if the ids are too far apart. */
  private final int[] rows;

  private final @Nullable LongIndex sparse;

  /**
   * The index of the first {@code count} ids; each has its index as row. Of equal ids the last
   * counts.
   */
  IdIndex(long[] ids, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = 0; row < count; row++) {
      min = Math.min(min, ids[row]);
      max = Math.max(max, ids[row]);
    }
    smallest = min;
    boolean dense = count > 0 && isDense(min, max, count);
    rows = new int[dense ? (int) (max - min) + 1 : 0];
    sparse = dense || count == 0 ? null : new LongIndex();
    for (int row = 0; row < count; row++) {
      if (sparse == null) {
        rows[(int) (ids[row] - min)] = row + 1;
      } else {
        sparse.put(ids[row], row);
      }
    }
  }

  private static boolean isDense(long min, long max, int count) {
    long range = max - min;
    return range >= 0 && range < Math.min(FREE + (long) SPARSENESS * count, Integer.MAX_VALUE / 2);
  }

  /** The row of an id, or {@link LongIndex#NONE}. */
  int row(long id) {
    if (sparse != null) {
      return sparse.get(id);
    }
    long at = id - smallest;
    return at >= 0 && at < rows.length ? rows[(int) at] - 1 : LongIndex.NONE;
  }
}
