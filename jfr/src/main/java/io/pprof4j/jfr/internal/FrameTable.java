// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers distinct frames as a chunk has them: method, line and type, all as numbers. */
final class FrameTable {
  /*
   * Nearly all frames are one of a few thousand, and looking them up is the most frequent thing
   * that is done to a recording: what is touched for it has to fit into the processor's caches.
   */
  private static final int FIRST = 1 << 10;

  /** Differs from run to run, so that nobody can choose frames that collide. */
  private static final long SEED = new SplittableRandom().nextLong();

  private long[] methods = new long[FIRST];

  /** The type, and in the lower half the line. */
  private long[] places = new long[FIRST];

  /** Numbers plus one; 0 is a free slot. */
  private int[] table = new int[4 * FIRST];

  private int size;

  int size() {
    return size;
  }

  long method(int number) {
    return methods[number];
  }

  int line(int number) {
    return (int) places[number];
  }

  long type(int number) {
    return places[number] >> Integer.SIZE;
  }

  /** The number of a frame; a new one gets the number of frames so far. */
  int number(long method, int line, long type) {
    long place = (type << Integer.SIZE) | (line & 0xFFFF_FFFFL);
    int mask = table.length - 1;
    int slot = hash(method, place) & mask;
    while (table[slot] != 0) {
      int number = table[slot] - 1;
      if (methods[number] == method && places[number] == place) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = size + 1;
    return append(method, place);
  }

  private int append(long method, long place) {
    if (size == methods.length) {
      methods = Arrays.copyOf(methods, Math.multiplyExact(size, 2));
      places = Arrays.copyOf(places, methods.length);
    }
    methods[size] = method;
    places[size++] = place;
    if (size * 2L > table.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    table = new int[Math.multiplyExact(table.length, 4)];
    int mask = table.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hash(methods[number], places[number]) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = number + 1;
    }
  }

  private static int hash(long method, long place) {
    long hash = (method ^ SEED) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32 ^ place) * 0xC4CEB9FE1A85EC53L;
    return (int) (hash >>> 32);
  }
}
