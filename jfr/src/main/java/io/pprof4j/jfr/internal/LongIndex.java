// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A map from numbers to numbers that are not negative. */
final class LongIndex {
  /*
   * Recordings mostly count up: keys not far beyond the number of keys so far are an index into an
   * array, which keeps neighbours together. Others are in a hash table whose entries are two
   * numbers next to each other: the key, and the value plus one, so that 0 is a free entry.
   */
  static final int NONE = -1;

  /** Differs from run to run, so that nobody can choose numbers that collide. */
  private static final long SEED = new SplittableRandom().nextLong();

  private static final int SPARSENESS = 4;
  private static final int FIRST = 64;

  private int[] dense = new int[FIRST];
  private long[] table = new long[2 * FIRST];
  private int inTable;
  private int size;

  /** The value of a key, or {@link #NONE}. */
  int get(long key) {
    int value = key >= 0 && key < dense.length ? dense[(int) key] : 0;
    return (value != 0 || inTable == 0 ? value : (int) table[entry(key) + 1]) - 1;
  }

  /** Sets the value of a key. */
  void put(long key, int value) {
    if (key >= 0 && key < dense.length && dense[(int) key] != 0) {
      dense[(int) key] = value + 1;
      return;
    }
    if (inTable > 0) {
      int entry = entry(key);
      if (table[entry + 1] != 0) {
        table[entry + 1] = value + 1L;
        return;
      }
    }
    add(key, value);
  }

  private void add(long key, int value) {
    size++;
    if (key >= 0 && key < Math.min(FIRST + (long) SPARSENESS * size, Integer.MAX_VALUE / 2)) {
      if (key >= dense.length) {
        dense = Arrays.copyOf(dense, Math.max((int) key + 1, dense.length * 2));
      }
      dense[(int) key] = value + 1;
      return;
    }
    int entry = entry(key);
    table[entry] = key;
    table[entry + 1] = value + 1L;
    inTable++;
    if (inTable * 4L > table.length) {
      grow();
    }
  }

  /** The value of a key; a new key gets the number of keys so far. */
  int number(long key) {
    int known = get(key);
    if (known == NONE) {
      known = size;
      add(key, known);
    }
    return known;
  }

  /** Where a key is in the table, or the free entry where it belongs. */
  private int entry(long key) {
    int mask = table.length - 2;
    int entry = (int) mixed(key) & mask;
    while (table[entry + 1] != 0 && table[entry] != key) {
      entry = (entry + 2) & mask;
    }
    return entry;
  }

  /** The finalizer of MurmurHash3, over a seed. */
  private static long mixed(long key) {
    long mixed = key ^ SEED;
    mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(old.length, 2)];
    for (int entry = 0; entry < old.length; entry += 2) {
      if (old[entry + 1] != 0) {
        int to = entry(old[entry]);
        table[to] = old[entry];
        table[to + 1] = old[entry + 1];
      }
    }
  }
}
