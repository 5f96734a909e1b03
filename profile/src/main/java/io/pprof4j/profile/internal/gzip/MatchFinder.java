// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds what repeats within the last 32 KB: hash chains over every four bytes, and one for three.
 */
final class MatchFinder {
  /*
   * Positions are kept modulo 2^16 in tables of 64 KB that stay in the cache: the last one of each
   * hash, and for each position of the window the one before it with the same hash. What is too old
   * for its slot shows up as a position that is elsewhere; bytes are compared in any case. Of three
   * bytes only the last place is known: they pay if they are near.
   */
  static final int WINDOW = 1 << 15;

  private static final int CHAINED = 4;
  private static final int HASH_BITS = 15;
  private static final int HASH = 0x9E3779B1;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private final char[] last = new char[1 << HASH_BITS];
  private final char[] lastOfThree = new char[1 << HASH_BITS];
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

  /** Makes positions known; all of them in turn. */
  void insert(int from, int to) {
    byte[] in = bytes;
    for (int at = from; at < to; at++) {
      int start = (int) INTS.get(in, at);
      int slot = (start * HASH) >>> (32 - HASH_BITS);
      before[at & (WINDOW - 1)] = last[slot];
      last[slot] = (char) at;
      lastOfThree[((start << 8) * HASH) >>> (32 - HASH_BITS)] = (char) at;
    }
  }

  /**
   * Looks for the longest repetition of what starts at a position, which is inserted.
   *
   * @param steps how many positions are tried
   * @param enough a length that ends the search
   * @return its length, or 0 if it is less than 3; then {@link #distance} does not count
   */
  int find(int at, int steps, int enough) {
    int start = (int) INTS.get(bytes, at);
    int slot = (start * HASH) >>> (32 - HASH_BITS);
    int slotOfThree = ((start << 8) * HASH) >>> (32 - HASH_BITS);
    int three = (at - lastOfThree[slotOfThree]) & 0xFFFF;
    lastOfThree[slotOfThree] = (char) at;
    char candidate = last[slot];
    before[at & (WINDOW - 1)] = candidate;
    last[slot] = (char) at;
    int max = Math.min(MatchSymbols.MAX_LENGTH, end - at);
    if (max < CHAINED) {
      return 0;
    }
    int length = follow(at, candidate, steps, Math.min(enough, max), max);
    if (length >= CHAINED) {
      return length;
    }
    distance = three;
    boolean known = three > 0 && three <= WINDOW && three <= at;
    return known && (((int) INTS.get(bytes, at - three) ^ start) << 8) == 0 ? 3 : 0;
  }

  private int follow(int at, char first, int steps, int enough, int max) {
    byte[] in = bytes;
    int start = (int) INTS.get(in, at);
    int best = CHAINED - 1;
    byte next = in[at + best];
    int passed = 0;
    int back = (at - first) & 0xFFFF;
    int limit = Math.min(WINDOW, at);
    // Chains lead back; what does not is an old entry.
    for (int step = steps; step > 0 && back > passed && back <= limit; step--) {
      int other = at - back;
      // What is longer has the byte after those that are equal.
      if (in[other + best] == next && (int) INTS.get(in, other) == start) {
        int length = length(in, other, at, max);
        if (length > best) {
          best = length;
          distance = back;
          if (length >= enough) {
            break;
          }
          next = in[at + best];
        }
      }
      passed = back;
      back = (at - before[other & (WINDOW - 1)]) & 0xFFFF;
    }
    return best;
  }

  private static int length(byte[] in, int other, int at, int max) {
    for (int length = CHAINED; length < max; length += Long.BYTES) {
      long differ = (long) LONGS.get(in, other + length) ^ (long) LONGS.get(in, at + length);
      if (differ != 0) {
        // Few bytes are equal, mostly, and only the optimising compiler has an instruction for it.
        int equal = length;
        for (; (differ & 0xFF) == 0; differ >>>= 8) {
          equal++;
        }
        return Math.min(max, equal);
      }
    }
    return max;
  }

  /** How far back the last repetition found is. */
  int distance() {
    return distance;
  }
}
