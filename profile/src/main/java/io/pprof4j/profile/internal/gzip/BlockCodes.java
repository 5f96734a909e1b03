// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.Arrays;

/** The codes of a deflated block, as tables to decode by (RFC 1951, 3.2.5 to 3.2.7). */
final class BlockCodes {
  private static final int END_OF_BLOCK = 256;

  /** Symbols that the fixed codes have; the last two of each stand for nothing. */
  private static final int FIXED_LITERALS = 288;

  private static final int FIXED_DISTANCES = 32;

  /** How many bits of a code are one look-up: nearly all codes of literals that are worth one. */
  static final int LITERAL_ROOT = 11;

  static final int DISTANCE_ROOT = 9;

  private static final int LENGTH_ROOT = 7;

  final DecodeTable literals = new DecodeTable(LITERAL_ROOT, literals());
  final DecodeTable distances = new DecodeTable(DISTANCE_ROOT, distances());
  private final DecodeTable lengthCodes = new DecodeTable(LENGTH_ROOT, lengths());
  private final byte[] lengths = new byte[FIXED_LITERALS + FIXED_DISTANCES];
  private boolean areFixed;

  private static int[] literals() {
    int[] symbols = new int[FIXED_LITERALS];
    Arrays.fill(symbols, DecodeTable.SPECIAL);
    for (int symbol = 0; symbol < END_OF_BLOCK; symbol++) {
      symbols[symbol] = DecodeTable.LITERAL | DecodeTable.symbol(symbol, 0);
    }
    symbols[END_OF_BLOCK] = DecodeTable.SPECIAL | DecodeTable.END;
    for (int symbol = END_OF_BLOCK + 1; symbol < MatchSymbols.LITERALS; symbol++) {
      int least = MatchSymbols.leastLength(symbol);
      symbols[symbol] = DecodeTable.symbol(least, MatchSymbols.lengthBits(symbol));
    }
    return symbols;
  }

  private static int[] distances() {
    int[] symbols = new int[FIXED_DISTANCES];
    Arrays.fill(symbols, DecodeTable.SPECIAL);
    for (int symbol = 0; symbol < MatchSymbols.DISTANCES; symbol++) {
      int least = MatchSymbols.leastDistance(symbol);
      symbols[symbol] = DecodeTable.symbol(least, MatchSymbols.distanceBits(symbol));
    }
    return symbols;
  }

  private static int[] lengths() {
    int[] symbols = new int[CodeLengths.SYMBOLS];
    Arrays.setAll(symbols, symbol -> DecodeTable.symbol(symbol, 0));
    return symbols;
  }

  /** Takes the codes that need not be told. */
  void setFixed() {
    if (areFixed) {
      return;
    }
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, END_OF_BLOCK, (byte) 9);
    Arrays.fill(lengths, END_OF_BLOCK, 280, (byte) 7);
    Arrays.fill(lengths, 280, FIXED_LITERALS, (byte) 8);
    literals.build(lengths, 0, FIXED_LITERALS);
    Arrays.fill(lengths, 0, FIXED_DISTANCES, (byte) 5);
    distances.build(lengths, 0, FIXED_DISTANCES);
    areFixed = true;
  }

  /**
   * Reads the codes from the head of a block.
   *
   * @throws ProfileFormatException if these are no codes
   */
  void read(BitInput in) throws IOException {
    areFixed = false;
    int literalCount = in.take(5) + 257;
    int distanceCount = in.take(5) + 1;
    int lengthCount = in.take(4) + 4;
    if (literalCount > MatchSymbols.LITERALS || distanceCount > MatchSymbols.DISTANCES) {
      throw in.corrupt();
    }
    Arrays.fill(lengths, 0, CodeLengths.SYMBOLS, (byte) 0);
    for (int at = 0; at < lengthCount; at++) {
      lengths[CodeLengths.ORDER[at]] = (byte) in.take(3);
    }
    boolean valid = lengthCodes.build(lengths, 0, CodeLengths.SYMBOLS);
    if (valid) {
      readLengths(in, literalCount + distanceCount);
      valid =
          lengths[END_OF_BLOCK] != 0
              && literals.build(lengths, 0, literalCount)
              && distances.build(lengths, literalCount, distanceCount);
    }
    if (!valid) {
      throw in.corrupt();
    }
  }

  private void readLengths(BitInput in, int count) throws IOException {
    int at = 0;
    while (at < count) {
      int symbol = in.take(lengthCodes);
      int repeats = 1;
      byte length = 0;
      switch (symbol) {
        case CodeLengths.REPEAT -> {
          if (at == 0) {
            throw in.corrupt();
          }
          length = lengths[at - 1];
          repeats = 3 + in.take(2);
        }
        case CodeLengths.FEW_ZEROS -> repeats = 3 + in.take(3);
        case CodeLengths.MANY_ZEROS -> repeats = 11 + in.take(7);
        default -> length = (byte) symbol;
      }
      if (repeats > count - at) {
        throw in.corrupt();
      }
      Arrays.fill(lengths, at, at + repeats, length);
      at += repeats;
    }
  }
}
