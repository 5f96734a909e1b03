// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

/** The symbols that stand for the lengths and distances of matches (RFC 1951, 3.2.5). */
final class MatchSymbols {
  static final int LITERALS = 286;
  static final int DISTANCES = 30;
  static final int MIN_LENGTH = 3;
  static final int MAX_LENGTH = 258;

  private static final int FIRST_LENGTH = 257;
  private static final int LONGEST = 285;
  private static final short[] LENGTH_SYMBOL = new short[MAX_LENGTH + 1];

  /** Symbols of distances up to 256, and from there on of every 128th. */
  private static final byte[] DISTANCE_SYMBOL = new byte[512];

  static {
    for (int length = MIN_LENGTH; length <= MAX_LENGTH; length++) {
      LENGTH_SYMBOL[length] = (short) ofLength(length - MIN_LENGTH);
    }
    for (int rest = 0; rest < 256; rest++) {
      DISTANCE_SYMBOL[rest] = (byte) ofDistance(rest);
      DISTANCE_SYMBOL[256 + rest] = (byte) ofDistance(rest << 7);
    }
  }

  private MatchSymbols() {}

  /** Four symbols for each power of two, and one for the longest. */
  private static int ofLength(int rest) {
    if (rest < 8 || rest == MAX_LENGTH - MIN_LENGTH) {
      return rest < 8 ? FIRST_LENGTH + rest : LONGEST;
    }
    int bits = 29 - Integer.numberOfLeadingZeros(rest);
    return FIRST_LENGTH + 4 * (bits + 1) + ((rest >> bits) & 3);
  }

  /** Two symbols for each power of two. */
  private static int ofDistance(int rest) {
    int bits = 30 - Integer.numberOfLeadingZeros(rest);
    return rest < 4 ? rest : 2 * (bits + 1) + ((rest >> bits) & 1);
  }

  static int length(int length) {
    return LENGTH_SYMBOL[length];
  }

  static int distance(int distance) {
    int rest = distance - 1;
    return DISTANCE_SYMBOL[rest < 256 ? rest : 256 + (rest >>> 7)];
  }

  /** How many bits follow the code of a length; 0 for literals too. */
  static int lengthBits(int symbol) {
    return symbol < FIRST_LENGTH + 8 || symbol == LONGEST ? 0 : (symbol - FIRST_LENGTH - 4) >> 2;
  }

  /** How many bits follow the code of a distance. */
  static int distanceBits(int symbol) {
    return symbol < 4 ? 0 : (symbol - 2) >> 1;
  }

  /** The shortest length that a symbol stands for. */
  static int leastLength(int symbol) {
    int number = symbol - FIRST_LENGTH;
    if (number < 8 || symbol == LONGEST) {
      return number < 8 ? MIN_LENGTH + number : MAX_LENGTH;
    }
    return MIN_LENGTH + ((4 + (number & 3)) << lengthBits(symbol));
  }

  /** The shortest distance that a symbol stands for. */
  static int leastDistance(int symbol) {
    return symbol < 4 ? symbol + 1 : 1 + ((2 + (symbol & 1)) << distanceBits(symbol));
  }
}
