// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Maps the 64-bit, possibly sparse ids of a table on the wire to its rows. */
final class WireIds {
  static final int NONE = -1;

  private final int[] dense;
  private final Map<Long, Integer> sparse;
  private int problemRow = NONE;
  private String problem = "";

  /**
   * Indexes the ids of a table; of equal ones the last counts.
   *
   * @param what the table's name, for the message
   */
  WireIds(String what, long[] ids) {
    int bound = ids.length * 2 + 1024;
    dense = new int[denseSize(ids, bound)];
    Arrays.fill(dense, NONE);
    sparse = new HashMap<>();
    for (int row = 0; row < ids.length; row++) {
      add(what, ids[row], row);
    }
  }

  private static int denseSize(long[] ids, int bound) {
    int size = 0;
    for (long id : ids) {
      if (id >= 0 && id < bound) {
        size = Math.max(size, (int) id + 1);
      }
    }
    return size;
  }

  private void add(String what, long id, int row) {
    boolean duplicate;
    if (id >= 0 && id < dense.length) {
      duplicate = dense[(int) id] != NONE;
      dense[(int) id] = row;
    } else {
      duplicate = sparse.put(id, row) != null;
    }
    if (problemRow != NONE) {
      return;
    }
    if (id == 0) {
      String name = what.equals("location") ? "id" : "ID";
      problemRow = row;
      problem = "found %s with reserved %s=0".formatted(what, name);
    } else if (duplicate) {
      problemRow = row;
      problem = "multiple %ss with same id: %s".formatted(what, Long.toUnsignedString(id));
    }
  }

  /**
   * Checks a row.
   *
   * @throws ProfileFormatException if it is the first one whose id is 0 or a repetition
   */
  void check(int row) throws ProfileFormatException {
    if (row == problemRow) {
      throw new ProfileFormatException("malformed profile: " + problem);
    }
  }

  /**
   * Checks all rows.
   *
   * @throws ProfileFormatException if an id is 0 or occurs twice
   */
  void check() throws ProfileFormatException {
    if (problemRow != NONE) {
      check(problemRow);
    }
  }

  /** The row of an id, or {@link #NONE}. */
  int row(long id) {
    if (id >= 0 && id < dense.length) {
      return dense[(int) id];
    }
    Integer row = sparse.get(id);
    return row == null ? NONE : row;
  }
}
