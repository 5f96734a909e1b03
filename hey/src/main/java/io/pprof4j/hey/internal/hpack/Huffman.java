// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.hpack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes HPACK's Huffman code (RFC 7541, 5.2 and appendix B). */
final class Huffman {
  /*
   * The code is canonical: codes of one length are consecutive numbers in the order of their
   * symbols, so the lengths alone define it. The tree is an array of pairs; a positive entry is the
   * next node, a negative one a symbol.
   */
  private static final int END_OF_STRING = 256;

  private static final byte[] LENGTHS = {
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5,
    6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
    6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23,
    23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20,
    22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22,
    22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26,
    27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
    25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30
  };
  private static final int[] TREE = tree();

  private Huffman() {}

  private static int[] tree() {
    int[] nodes = new int[2 * LENGTHS.length];
    int used = 1;
    int code = 0;
    for (int length = 1; length <= 30; length++) {
      code <<= 1;
      for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
        if (LENGTHS[symbol] == length) {
          used = insert(nodes, used, code++, symbol);
        }
      }
    }
    return nodes;
  }

  private static int insert(int[] nodes, int used, int code, int symbol) {
    int next = used;
    int node = 0;
    for (int bit = LENGTHS[symbol] - 1; bit > 0; bit--) {
      int slot = 2 * node + (code >>> bit & 1);
      if (nodes[slot] == 0) {
        nodes[slot] = next++;
      }
      node = nodes[slot];
    }
    nodes[2 * node + (code & 1)] = -1 - symbol;
    return next;
  }

  static String decode(byte[] bytes, int from, int end) throws IOException {
    // The shortest code has five bits.
    byte[] out = new byte[(end - from) * 8 / 5 + 1];
    int length = 0;
    int node = 0;
    int depth = 0;
    boolean ones = true;
    for (int at = from; at < end; at++) {
      for (int bit = 7; bit >= 0; bit--) {
        int value = bytes[at] >>> bit & 1;
        ones &= value == 1;
        node = TREE[2 * node + value];
        depth++;
        if (node < 0) {
          int symbol = -1 - node;
          if (symbol == END_OF_STRING) {
            throw new IOException("hpack: invalid Huffman-encoded data");
          }
          out[length++] = (byte) symbol;
          node = 0;
          depth = 0;
          ones = true;
        }
      }
    }
    // What is left over is padding: fewer than eight bits, all set.
    if (depth > 7 || !ones) {
      throw new IOException("hpack: invalid Huffman-encoded data");
    }
    return new String(Arrays.copyOf(out, length), StandardCharsets.ISO_8859_1);
  }
}
