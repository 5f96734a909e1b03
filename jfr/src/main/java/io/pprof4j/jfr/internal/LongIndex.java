// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A map from numbers to numbers that are not negative, in two arrays. */
final class LongIndex {
  static final int NONE = -1;

  /** Differs from run to run, so that nobody can choose numbers that collide. */
  private static final long SEED = new SplittableRandom().nextLong();

  private long[] keys = new long[64];
  private int[] values = new int[64];
  private int size;

  LongIndex() {
    Arrays.fill(values, NONE);
  }

  /** The value of a key, or {@link #NONE}. */
  int get(long key) {
    return values[slot(key)];
  }

  /** Sets the value of a key. */
  void put(long key, int value) {
    int slot = slot(key);
    if (values[slot] == NONE) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  /** The value of a key; a new key gets the number of keys so far. */
  int number(long key) {
    int known = get(key);
    if (known == NONE) {
      known = size;
      put(key, known);
    }
    return known;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) mixed(key) & mask;
    while (values[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** The finalizer of MurmurHash3, over a seed. */
  private static long mixed(long key) {
    long mixed = key ^ SEED;
    mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[Math.toIntExact(oldKeys.length * 2L)];
    values = new int[keys.length];
    Arrays.fill(values, NONE);
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldValues[slot] != NONE) {
        int to = slot(oldKeys[slot]);
        keys[to] = oldKeys[slot];
        values[to] = oldValues[slot];
      }
    }
  }
}
