// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

/** Writes the head of a block with codes of its own (RFC 1951, 3.2.7): the lengths of the codes. */
final class CodeLengths {
  private static final int DYNAMIC = 2;
  static final int SYMBOLS = 19;
  private static final int MAX_BITS = 7;

  /** Repeat the length before, 3 to 6 times. */
  static final int REPEAT = 16;

  /** Codes that no symbol has: 3 to 10, and 11 to 138 of them. */
  static final int FEW_ZEROS = 17;

  static final int MANY_ZEROS = 18;

  /** In this order the lengths of the codes of lengths come. */
  static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

  private static final int LITERALS = 286;
  private static final int DISTANCES = 30;

  /** Symbols, and what their extra bits say, in the upper half. */
  private final int[] runs = new int[LITERALS + DISTANCES];

  private final int[] counts = new int[SYMBOLS];
  private int size;

  private CodeLengths() {}

  static void write(HuffmanCode literals, HuffmanCode distances, BitOutput out) {
    int literalCount = used(literals, LITERALS);
    int distanceCount = used(distances, DISTANCES);
    int[] lengths = new int[literalCount + distanceCount];
    for (int symbol = 0; symbol < literalCount; symbol++) {
      lengths[symbol] = literals.length(symbol);
    }
    for (int symbol = 0; symbol < distanceCount; symbol++) {
      lengths[literalCount + symbol] = distances.length(symbol);
    }
    CodeLengths encoded = new CodeLengths();
    encoded.encode(lengths);
    out.put(DYNAMIC << 1, 3);
    out.put(literalCount - 257, 5);
    out.put(distanceCount - 1, 5);
    encoded.writeTo(out);
  }

  private static int used(HuffmanCode code, int symbols) {
    int used = symbols;
    while (code.length(used - 1) == 0) {
      used--;
    }
    return used;
  }

  private void encode(int[] lengths) {
    for (int at = 0; at < lengths.length; ) {
      int length = lengths[at];
      int run = 1;
      while (at + run < lengths.length && lengths[at + run] == length) {
        run++;
      }
      at += run;
      if (length == 0) {
        zeros(run);
      } else {
        add(length, 0);
        repeats(length, run - 1);
      }
    }
  }

  private void zeros(int run) {
    int left = run;
    for (; left >= 11; left -= Math.min(left, 138)) {
      add(MANY_ZEROS, Math.min(left, 138) - 11);
    }
    if (left >= 3) {
      add(FEW_ZEROS, left - 3);
    } else {
      single(0, left);
    }
  }

  private void repeats(int length, int run) {
    int left = run;
    for (; left >= 3; left -= Math.min(left, 6)) {
      add(REPEAT, Math.min(left, 6) - 3);
    }
    single(length, left);
  }

  private void single(int length, int times) {
    for (int time = 0; time < times; time++) {
      add(length, 0);
    }
  }

  private void add(int symbol, int extra) {
    counts[symbol]++;
    runs[size++] = (extra << 16) | symbol;
  }

  private void writeTo(BitOutput out) {
    HuffmanCode code = new HuffmanCode(counts, MAX_BITS);
    int given = SYMBOLS;
    while (given > 4 && code.length(ORDER[given - 1]) == 0) {
      given--;
    }
    out.put(given - 4, 4);
    for (int at = 0; at < given; at++) {
      out.put(code.length(ORDER[at]), 3);
    }
    for (int at = 0; at < size; at++) {
      int symbol = runs[at] & 0xFFFF;
      out.put(code.code(symbol), code.length(symbol));
      out.put(runs[at] >>> 16, extraBits(symbol));
    }
  }

  private static int extraBits(int symbol) {
    return switch (symbol) {
      case REPEAT -> 2;
      case FEW_ZEROS -> 3;
      case MANY_ZEROS -> 7;
      default -> 0;
    };
  }
}
