// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.Arrays;

/** Numbers longs from 0 on as they come: an open hash table, without an object for each. */
final class LongNumbers {
  private static final int FREE = -1;

  private long[] keys = new long[1024];
  private int[] numbers = new int[1024];
  private int size;

  LongNumbers() {
    Arrays.fill(numbers, FREE);
  }

  /** How many distinct keys have come. */
  int size() {
    return size;
  }

  /** The number of a key; {@link #size} before the call if the key is new. */
  int number(long key) {
    int slot = slot(key);
    if (numbers[slot] == FREE) {
      if (size * 2 >= keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      numbers[slot] = size++;
    }
    return numbers[slot];
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & (keys.length - 1);
    while (numbers[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = new int[keys.length];
    Arrays.fill(numbers, FREE);
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldNumbers[old] != FREE) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        numbers[slot] = oldNumbers[old];
      }
    }
  }
}
