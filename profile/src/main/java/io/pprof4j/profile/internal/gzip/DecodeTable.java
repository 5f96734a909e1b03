// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import java.util.Arrays;

/**
 * What the next bits of deflated data mean, for one of its codes: an entry for each value of the
 * {@code root} lowest bits. Codes that are longer have tables of their own for the bits beyond.
 *
 * <p>An entry has, from the lowest bit on: 6 bits, how many bits are used up, with the extra ones
 * that follow the code; 4 bits, how many of these are the code; 2 bits of nothing; 16 bits, a
 * value; and flags.
 */
final class DecodeTable {
  /** The value is a byte. */
  static final int LITERAL = 1 << 31;

  /** Not a usual symbol; it is {@link #LINK}, {@link #END}, or a code that no symbol has. */
  static final int SPECIAL = 1 << 30;

  /** The value is where the table of a longer code begins, the length of the code how many bits. */
  static final int LINK = 1 << 29;

  /** The end of a block. */
  static final int END = 1 << 28;

  private static final int VALUE_SHIFT = 12;
  private static final int VALUE_MASK = 0xFFFF;
  private static final int LENGTH_SHIFT = 6;
  private static final int LENGTH_MASK = 0xF;

  /** The longest code that the format has. */
  private static final int MAX_LENGTH = 15;

  /** How many bits are one look-up. */
  final int root;

  /** By symbol, an entry without a code. */
  private final int[] symbols;

  private int[] entries;
  private int filled;

  private final int[] codes;
  private final int[] count = new int[MAX_LENGTH + 1];
  private final int[] next = new int[MAX_LENGTH + 1];

  /** By the lowest bits of codes that are longer: how long, beyond the root, the longest is. */
  private final byte[] beyond;

  /**
   * A table without codes.
   *
   * @param symbols what each symbol means, made by {@link #symbol}
   */
  DecodeTable(int root, int[] symbols) {
    this.root = root;
    this.symbols = symbols;
    entries = new int[2 << root];
    beyond = new byte[1 << root];
    codes = new int[symbols.length];
  }

  /** What a symbol means, which is a value and extra bits that are to be added to it. */
  static int symbol(int value, int extraBits) {
    return value << VALUE_SHIFT | extraBits;
  }

  /** What the code of an entry stands for, without the extra bits. */
  static int value(int entry) {
    return entry >>> VALUE_SHIFT & VALUE_MASK;
  }

  /** How many bits the code of an entry has, or the table that a {@link #LINK} leads to. */
  static int codeLength(int entry) {
    return entry >>> LENGTH_SHIFT & LENGTH_MASK;
  }

  /** The entries; others after each {@link #build}. */
  int[] entries() {
    return entries;
  }

  /**
   * Takes the codes of the symbols from their lengths, as RFC 1951 tells (3.2.2).
   *
   * @param lengths from {@code from} on, 0 for a symbol without a code
   * @return whether these are codes: none too many, and none missing, unless there is just one code
   *     of one bit, or none at all
   */
  boolean build(byte[] lengths, int from, int symbolCount) {
    if (!assign(lengths, from, symbolCount)) {
      return false;
    }
    Arrays.fill(entries, 0, 1 << root, SPECIAL);
    filled = 1 << root;
    for (int symbol = 0; symbol < symbolCount; symbol++) {
      int length = lengths[from + symbol];
      if (length > 0) {
        add(symbols[symbol], codes[symbol], length);
      }
    }
    return true;
  }

  /** Sets the codes, with their first bit lowest, and how long those beyond the root are. */
  private boolean assign(byte[] lengths, int from, int symbolCount) {
    Arrays.fill(count, 0);
    for (int symbol = 0; symbol < symbolCount; symbol++) {
      count[lengths[from + symbol]]++;
    }
    int used = symbolCount - count[0];
    count[0] = 0;
    int code = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      code = (code + count[length - 1]) << 1;
      next[length] = code;
      if (code + count[length] > 1 << length) {
        return false;
      }
    }
    boolean isComplete = code + count[MAX_LENGTH] == 1 << MAX_LENGTH;
    if (!isComplete && used != 0 && (used != 1 || count[1] != 1)) {
      return false;
    }
    Arrays.fill(beyond, (byte) 0);
    for (int symbol = 0; symbol < symbolCount; symbol++) {
      int length = lengths[from + symbol];
      if (length > 0) {
        int reversed = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
        codes[symbol] = reversed;
        int lowest = reversed & ((1 << root) - 1);
        beyond[lowest] = (byte) Math.max(beyond[lowest], length - root);
      }
    }
    return true;
  }

  /** Adds a code to its table, wherever its bits are the lowest. */
  private void add(int symbol, int code, int length) {
    int start = 0;
    int end = 1 << root;
    int bits = code;
    int width = length;
    if (length > root) {
      int link = link(code);
      start = value(link);
      end = start + (1 << codeLength(link));
      bits = code >>> root;
      width = length - root;
    }
    int entry = symbol + (width << LENGTH_SHIFT) + width;
    for (int at = start + bits; at < end; at += 1 << width) {
      entries[at] = entry;
    }
  }

  /** The entry that leads to the table of a code beyond the root, which is there afterwards. */
  private int link(int code) {
    int lowest = code & ((1 << root) - 1);
    if ((entries[lowest] & LINK) == 0) {
      int bits = beyond[lowest];
      int end = filled + (1 << bits);
      if (end > entries.length) {
        entries = Arrays.copyOf(entries, Math.max(end, entries.length * 2));
      }
      Arrays.fill(entries, filled, end, SPECIAL);
      entries[lowest] = SPECIAL | LINK | filled << VALUE_SHIFT | bits << LENGTH_SHIFT | root;
      filled = end;
    }
    return entries[lowest];
  }
}
