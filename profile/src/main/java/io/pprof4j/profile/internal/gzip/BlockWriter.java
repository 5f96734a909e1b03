// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

/** Writes blocks of deflate (RFC 1951, 3.2.4 and 3.2.7), with codes of their own or as they are. */
final class BlockWriter {
  private static final int END_OF_BLOCK = 256;
  private static final int MAX_BITS = 15;
  private static final int MAX_STORED = 0xFFFF;

  /** The most that a match takes: two codes and their extra bits. */
  private static final int MATCH_BITS = 2 * MAX_BITS + 5 + 13;

  /** More than the lengths of codes take. */
  private static final int HEAD_BITS = 8192;

  private final byte[] bytes;
  private final BitOutput out;

  /** Where the next block starts in the bytes. */
  private int from;

  BlockWriter(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.from = from;
    out = new BitOutput(((end - from) >> 1) + 1024);
  }

  /**
   * Writes a block.
   *
   * @param tokens as {@link BlockTokens} has them
   * @param length of the bytes that they stand for
   */
  void write(int[] tokens, int count, SymbolCounts counts, int length) {
    counts.literals[END_OF_BLOCK] = 1;
    HuffmanCode literals = new HuffmanCode(counts.literals, MAX_BITS);
    HuffmanCode distances = new HuffmanCode(counts.distances, MAX_BITS);
    if (literals.bits(counts.literals) >> 3 >= length) {
      writeStored(length);
    } else {
      out.reserve((long) MATCH_BITS * (count + 1) + HEAD_BITS);
      CodeLengths.write(literals, distances, out);
      writeTokens(tokens, count, literals, distances);
      out.put(literals.code(END_OF_BLOCK), literals.length(END_OF_BLOCK));
    }
    from += length;
  }

  /** What does not compress is written as it is. */
  private void writeStored(int length) {
    out.reserve(8L * length + 64L * (length / MAX_STORED + 1));
    for (int done = 0; done < length; ) {
      int part = Math.min(length - done, MAX_STORED);
      out.put(0, 3);
      out.align();
      out.put(part | ((~part << 16) & 0xFFFF0000L), 32);
      out.bytes(bytes, from + done, part);
      done += part;
    }
  }

  private void writeTokens(int[] tokens, int count, HuffmanCode literals, HuffmanCode distances) {
    for (int at = 0; at < count; at++) {
      int token = tokens[at];
      if (token >= 0) {
        out.put(literals.code(token), literals.length(token));
      } else {
        writeMatch(token, literals, distances);
      }
    }
  }

  private void writeMatch(int token, HuffmanCode literals, HuffmanCode distances) {
    int length = token & 0x1FF;
    int symbol = MatchSymbols.length(length);
    long bits = literals.code(symbol);
    int used = literals.length(symbol);
    int extra = MatchSymbols.lengthBits(symbol);
    bits |= (long) ((length - MatchSymbols.MIN_LENGTH) & ((1 << extra) - 1)) << used;
    used += extra;
    symbol = (token >>> 24) & 0x1F;
    bits |= (long) distances.code(symbol) << used;
    used += distances.length(symbol);
    extra = MatchSymbols.distanceBits(symbol);
    bits |= (long) ((token >>> 9) & ((1 << extra) - 1)) << used;
    out.put(bits, used + extra);
  }

  /** Ends with an empty stored block, which ends at a byte's bound. */
  byte[] finish() {
    out.reserve(64);
    out.put(0, 3);
    out.align();
    out.put(0xFFFF0000L, 32);
    return out.toByteArray();
  }
}
