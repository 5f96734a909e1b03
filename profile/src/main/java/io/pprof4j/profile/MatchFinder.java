// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what repeats within the last 32 KB: hash chains over every four bytes. */
final class MatchFinder {
  /*
   * Positions are kept modulo 2^16 in two tables of 64 KB that stay in the cache: the last one of
   * each hash, and for each position of the window the one before it with the same hash. What is
   * too old for its slot shows up as a position that is elsewhere; bytes are compared in any case.
   */
  static final int WINDOW = 1 << 15;
  static final int MIN_LENGTH = 4;
  static final int MAX_LENGTH = 258;

  private static final int HASH_BITS = 15;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private final char[] last = new char[1 << HASH_BITS];
  private final char[] before = new char[WINDOW];
  private int distance;

  /**
   * A finder in the bytes up to {@code end}.
   *
   * @param bytes have eight more than that, which are read and have no influence
   */
  MatchFinder(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  private int slot(int at) {
    return ((int) INTS.get(bytes, at) * 0x9E3779B1) >>> (32 - HASH_BITS);
  }

  /** Makes a position known; all of them in turn. */
  void insert(int at) {
    int slot = slot(at);
    before[at & (WINDOW - 1)] = last[slot];
    last[slot] = (char) at;
  }

  /**
   * Looks for the longest repetition of what starts at a position, which is inserted.
   *
   * @param longerThan the length that has to be exceeded, at least 3
   * @param steps how many positions are tried
   * @param enough a length that ends the search
   * @return its length, or {@code longerThan} if there is none; then {@link #distance} counts
   */
  int find(int at, int longerThan, int steps, int enough) {
    byte[] in = bytes;
    int slot = slot(at);
    char candidate = last[slot];
    before[at & (WINDOW - 1)] = candidate;
    last[slot] = (char) at;
    int max = Math.min(MAX_LENGTH, end - at);
    int best = longerThan;
    if (max <= best) {
      return best;
    }
    int start = (int) INTS.get(in, at);
    int tail = (int) INTS.get(in, at + best - 3);
    int passed = 0;
    for (int step = steps; step > 0; step--) {
      int back = (at - candidate) & 0xFFFF;
      // Chains lead back; what does not is an old entry.
      if (back <= passed || back > WINDOW || back > at) {
        break;
      }
      passed = back;
      int other = at - back;
      if ((int) INTS.get(in, other + best - 3) == tail && (int) INTS.get(in, other) == start) {
        int length = length(in, other, at, max);
        if (length > best) {
          best = length;
          distance = back;
          if (length >= enough || length == max) {
            break;
          }
          tail = (int) INTS.get(in, at + best - 3);
        }
      }
      candidate = before[other & (WINDOW - 1)];
    }
    return best;
  }

  private static int length(byte[] in, int other, int at, int max) {
    for (int length = MIN_LENGTH; length < max; length += Long.BYTES) {
      long differ = (long) LONGS.get(in, other + length) ^ (long) LONGS.get(in, at + length);
      if (differ != 0) {
        return Math.min(max, length + (Long.numberOfTrailingZeros(differ) >>> 3));
      }
    }
    return max;
  }

  /** How far back the last repetition found is. */
  int distance() {
    return distance;
  }
}
