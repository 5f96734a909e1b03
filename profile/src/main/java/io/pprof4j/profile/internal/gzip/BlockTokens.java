// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import java.util.Arrays;

/** Gathers literals and matches, and writes them in blocks that have codes of their own. */
final class BlockTokens {
  /*
   * Tokens come in parts. A part joins the block before it unless codes of its own save more than
   * the head of a block takes: the stacks of a large profile make one block of as many tokens as
   * there is room for, and what follows them starts others.
   */
  private static final int PART = 1 << 13;
  private static final int MOST = 1 << 16;

  /** What the head of a block takes, in bits, about. */
  private static final int HEAD = 700;

  /** The bit that matches have. */
  static final int MATCH = 1 << 31;

  /** What symbols are taken to cost before any were counted. */
  private static final byte LITERAL_COST = 7;

  private static final byte DISTANCE_COST = 5;

  private final BlockWriter writer;

  /**
   * Literals, or with {@link #MATCH} the distance's symbol, the distance less 1, and the length.
   */
  private final int[] tokens = new int[MOST];

  private int count;
  private int partFrom;
  private int bytes;
  private int bytesOfParts;
  private final SymbolCounts part = new SymbolCounts();
  private final SymbolCounts parts = new SymbolCounts();
  private final SymbolCounts both = new SymbolCounts();
  private double bitsOfParts;

  /** What symbols cost in the part before. */
  private final byte[] literalCost = new byte[MatchSymbols.LITERALS];

  private final byte[] distanceCost = new byte[MatchSymbols.DISTANCES];

  BlockTokens(BlockWriter writer) {
    this.writer = writer;
    Arrays.fill(literalCost, LITERAL_COST);
    Arrays.fill(distanceCost, DISTANCE_COST);
  }

  void literal(int literal) {
    part.literals[literal]++;
    token(literal, 1);
  }

  void match(int length, int distance) {
    int symbol = MatchSymbols.distance(distance);
    part.literals[MatchSymbols.length(length)]++;
    part.distances[symbol]++;
    token(MATCH | symbol << 24 | (distance - 1) << 9 | length, length);
  }

  /** Whether a match takes less than its bytes by themselves, by what the part before cost. */
  boolean pays(byte[] bytes, int at, int length, int distance) {
    int symbol = MatchSymbols.distance(distance);
    int saved = -distanceCost[symbol] - MatchSymbols.distanceBits(symbol);
    saved -= literalCost[MatchSymbols.length(length)];
    for (int next = at; next < at + length; next++) {
      saved += literalCost[bytes[next] & 0xFF];
    }
    return saved > 0;
  }

  private void token(int token, int length) {
    tokens[count++] = token;
    bytes += length;
    if (count - partFrom == PART) {
      endPart();
    }
  }

  private void endPart() {
    SymbolCounts.costs(part.literals, literalCost);
    SymbolCounts.costs(part.distances, distanceCost);
    if (partFrom == 0) {
      bitsOfParts = part.bits();
    } else {
      joinOrWriteParts();
    }
    parts.add(part);
    part.clear();
    partFrom = count;
    bytesOfParts = bytes;
    if (count == MOST) {
      writeParts();
    }
  }

  private void joinOrWriteParts() {
    both.clear();
    both.add(parts);
    both.add(part);
    double bitsOfBoth = both.bits();
    double bitsOfPart = part.bits();
    if (bitsOfBoth > bitsOfParts + bitsOfPart + HEAD) {
      writeParts();
      bitsOfParts = bitsOfPart;
    } else {
      bitsOfParts = bitsOfBoth;
    }
  }

  /** Writes what is before the last part, which becomes the first. */
  private void writeParts() {
    writer.write(tokens, partFrom, parts, bytesOfParts);
    System.arraycopy(tokens, partFrom, tokens, 0, count - partFrom);
    count -= partFrom;
    bytes -= bytesOfParts;
    partFrom = 0;
    bytesOfParts = 0;
    parts.clear();
  }

  /** Writes what is left. */
  void finish() {
    if (count > partFrom) {
      endPart();
    }
    if (count > 0) {
      writeParts();
    }
  }
}
