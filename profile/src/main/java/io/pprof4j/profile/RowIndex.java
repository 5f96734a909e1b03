// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;

/**
 * Finds rows of a table by hash: open addressing over row numbers. The table itself, and so what
 * makes rows equal, stays with the owner:
 *
 * <pre>{@code
 * int slot = index.slot(hash);
 * for (int row = index.at(slot); row != RowIndex.NONE; row = index.at(slot)) {
 *   if (index.hash(row) == hash && isEqual(row)) {
 *     return row;
 *   }
 *   slot = index.next(slot);
 * }
 * return index.add(hash, slot);
 * }</pre>
 */
final class RowIndex {
  static final int NONE = -1;

  private final IntColumn hashes = new IntColumn();
  private int[] table = new int[64];

  RowIndex() {
    Arrays.fill(table, NONE);
  }

  int size() {
    return hashes.size();
  }

  int hash(int row) {
    return hashes.get(row);
  }

  int slot(int hash) {
    return spread(hash) & (table.length - 1);
  }

  int at(int slot) {
    return table[slot];
  }

  int next(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  /** Adds the next row at the free slot that a search ended in, and returns it. */
  int add(int hash, int slot) {
    int row = hashes.size();
    table[slot] = row;
    hashes.add(hash);
    if (hashes.size() * 2L > table.length) {
      rehash();
    }
    return row;
  }

  static int mix(int hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return (int) (mixed ^ (mixed >>> 32));
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  private void rehash() {
    table = new int[Math.toIntExact(table.length * 2L)];
    Arrays.fill(table, NONE);
    for (int row = 0; row < hashes.size(); row++) {
      int slot = slot(hashes.get(row));
      while (table[slot] != NONE) {
        slot = next(slot);
      }
      table[slot] = row;
    }
  }
}
