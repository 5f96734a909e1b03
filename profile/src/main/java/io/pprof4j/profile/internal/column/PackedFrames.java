// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.column;

import java.util.BitSet;

/** Decodes the location ids of a stack, packed varints, and hashes them in the same pass. */
public final class PackedFrames {
  /*
   * The hottest loop of reading a profile. Whether a number takes one or two bytes cannot be
   * predicted by a processor, so there is no branch for it; longer ones are rare where numbers fit
   * 16 bits. The sums of hash and extremes cost nothing beside the wait for the next position.
   */
  private static final int FACTOR = 0x9E3779B1;

  /** FACTOR times itself. */
  private static final int SQUARE = 0xFFE6CC61;

  /** Numbers below are what three bytes of a varint hold. */
  private static final int SCANNED = 1 << 21;

  private int depth;
  private int hash;

  /** Over all stacks. */
  private int largest;

  /** Negative once there was a number 0. */
  private int zeros;

  /** Which numbers were scanned, of those below {@link #SCANNED}: a byte each, 1 if it was. */
  private byte[] scanned = {};

  /** All bits that any of them has. */
  private int scannedBits;

  private final BitSet scannedBeyond = new BitSet();

  /** How many frames the last stack had. */
  public int depth() {
    return depth;
  }

  /** The {@link #hash(int[], int)} of the last stack. */
  public int hash() {
    return hash;
  }

  /** The largest number of all stacks. */
  public int largest() {
    return largest;
  }

  /** Whether any stack had the number 0. */
  public boolean hasZero() {
    return zeros < 0;
  }

  /** Takes a number into account that was decoded elsewhere. */
  public void note(int number) {
    largest = Math.max(largest, number);
    zeros |= number - 1;
  }

  /**
   * Decodes a stack.
   *
   * @param out has room for a number a byte
   * @return false if a number is malformed or needs more than 16 bits; nothing changed then
   */
  public boolean decode(byte[] varints, int from, int to, char[] out, int start) {
    if (to > varints.length - 2) {
      return false;
    }
    int at = start;
    int next = from;
    int sum = 0;
    int bits = 0;
    int max = largest;
    int zero = zeros;
    while (next < to) {
      // The two bytes that follow may be those of the next field: then this one ends beyond `to`.
      int first = varints[next];
      int second = varints[next + 1];
      int more = first >> 31;
      int number;
      if ((second & more) < 0) {
        number = (first & 0x7F) | (second & 0x7F) << 7 | varints[next + 2] << 14;
        next += 3;
      } else {
        number = (first & 0x7F) | (second << 7 & more);
        next += 1 - more;
      }
      out[at++] = (char) number;
      sum = sum * FACTOR + number;
      bits |= number;
      zero |= number - 1;
      if (number > max) {
        max = number;
      }
    }
    if (next != to || bits >>> 16 != 0) {
      return false;
    }
    depth = at - start;
    hash = mix(sum);
    largest = max;
    zeros = zero;
    return true;
  }

  /**
   * Decodes a stack of numbers that need more than 16 bits.
   *
   * @param out has room for a number a byte
   * @return false if a number is malformed or takes more than three bytes; nothing changed then
   */
  public boolean decodeWide(byte[] varints, int from, int to, int[] out) {
    int at = 0;
    int next = from;
    int max = largest;
    int zero = zeros;
    while (next < to) {
      int number = varints[next++];
      if (number < 0 && next < to) {
        number = (number & 0x7F) | varints[next++] << 7;
        if (number < 0 && next < to) {
          number = (number & 0x3FFF) | varints[next++] << 14;
        }
      }
      if (number < 0) {
        return false;
      }
      out[at++] = number;
      zero |= number - 1;
      max = Math.max(max, number);
    }
    depth = at;
    largest = max;
    zeros = zero;
    return true;
  }

  /**
   * Notes which numbers a stack has, and nothing else of it.
   *
   * @return false if a number is malformed or takes more than three bytes; those before it are
   *     noted
   */
  public boolean scan(byte[] varints, int from, int to) {
    if (to > varints.length - 2) {
      return false;
    }
    if (scanned.length == 0) {
      scanned = new byte[SCANNED];
    }
    byte[] seen = scanned;
    int next = from;
    int bits = scannedBits;
    while (next < to) {
      // As in decode, but each number must be known to be one before it is noted.
      int first = varints[next];
      int second = varints[next + 1];
      int more = first >> 31;
      int number;
      if ((second & more) < 0) {
        int third = varints[next + 2];
        if (third < 0) {
          return false;
        }
        number = (first & 0x7F) | (second & 0x7F) << 7 | third << 14;
        next += 3;
      } else {
        number = (first & 0x7F) | (second << 7 & more);
        next += 1 - more;
      }
      if (next > to) {
        return false;
      }
      seen[number] = 1;
      bits |= number;
    }
    scannedBits = bits;
    return true;
  }

  /** Notes a number that was decoded elsewhere as scanned. */
  public void noteScanned(int number) {
    scannedBeyond.set(number);
  }

  /** The numbers that were scanned. */
  public BitSet scanned() {
    BitSet all = (BitSet) scannedBeyond.clone();
    int bound = Math.min(scanned.length, 2 * Integer.highestOneBit(scannedBits) + 1);
    for (int number = 0; number < bound; number++) {
      if (scanned[number] != 0) {
        all.set(number);
      }
    }
    return all;
  }

  /** The hash of a stack; two locations at a time, as each waits for the multiplication before. */
  public static int hash(int[] locations, int depth) {
    int hash = 0;
    int at = 0;
    for (; at + 1 < depth; at += 2) {
      hash = hash * SQUARE + (locations[at] * FACTOR + locations[at + 1]);
    }
    if (at < depth) {
      hash = hash * FACTOR + locations[at];
    }
    return mix(hash);
  }

  private static int mix(int hash) {
    int mixed = hash * FACTOR;
    return mixed ^ (mixed >>> 15);
  }
}
