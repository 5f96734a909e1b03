// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import java.util.Arrays;

/**
 * A canonical Huffman code as deflate wants it (RFC 1951, 3.2.2): of the shortest codes whose
 * lengths do not exceed a limit, or nearly so.
 */
final class HuffmanCode {
  private final byte[] length;
  private final short[] code;

  /**
   * The code for symbols that occur {@code counts[symbol]} times. At least two symbols get a code,
   * since some decoders refuse incomplete ones.
   */
  HuffmanCode(int[] counts, int maxLength) {
    length = new byte[counts.length];
    code = new short[counts.length];
    long[] sorted = byCount(counts);
    assignLengths(sorted, lengthCounts(sorted, maxLength));
    assignCodes(maxLength);
  }

  /** Bits of a symbol's code, 0 if it has none. */
  int length(int symbol) {
    return length[symbol];
  }

  /** How many bits symbols take that occur so many times. */
  long bits(int[] counts) {
    long bits = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      bits += (long) counts[symbol] * length[symbol];
    }
    return bits;
  }

  /** A symbol's code, its first bit lowest, as bits are written. */
  int code(int symbol) {
    return code[symbol] & 0xFFFF;
  }

  /** Symbols that occur, rarest first: the count in the upper and the symbol in the lower half. */
  private static long[] byCount(int[] counts) {
    long[] sorted = new long[counts.length];
    int used = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        sorted[used++] = ((long) counts[symbol] << 32) | symbol;
      }
    }
    for (int symbol = 0; used < 2; symbol++) {
      if (counts[symbol] == 0) {
        sorted[used++] = (1L << 32) | symbol;
      }
    }
    long[] result = Arrays.copyOf(sorted, used);
    Arrays.sort(result);
    return result;
  }

  /**
   * How many codes have each length. Huffman's algorithm with two queues: leaves in order, and the
   * trees made so far, which come into being in order too.
   */
  private static int[] lengthCounts(long[] sorted, int maxLength) {
    int leaves = sorted.length;
    long[] weight = new long[2 * leaves - 1];
    int[] parent = new int[2 * leaves - 1];
    for (int leaf = 0; leaf < leaves; leaf++) {
      weight[leaf] = sorted[leaf] >>> 32;
    }
    int leaf = 0;
    int tree = leaves;
    for (int next = leaves; next < weight.length; next++) {
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf = leaf < leaves && (tree == next || weight[leaf] <= weight[tree]);
        int taken = takeLeaf ? leaf++ : tree++;
        weight[next] += weight[taken];
        parent[taken] = next;
      }
    }
    // Parents follow their children, so depths are known from the root, the last one, downwards.
    int[] depth = parent;
    int[] counts = new int[maxLength + 1];
    depth[weight.length - 1] = 0;
    for (int node = weight.length - 2; node >= 0; node--) {
      depth[node] = depth[parent[node]] + 1;
      if (node < leaves) {
        counts[Math.min(depth[node], maxLength)]++;
      }
    }
    shorten(counts);
    return counts;
  }

  /**
   * Makes room for codes that were cut to the limit: a shorter one is lengthened by a bit and so
   * makes room for one at the limit, until lengths fit together (Kraft's sum is 1).
   */
  private static void shorten(int[] counts) {
    int limit = counts.length - 1;
    long used = 0;
    for (int bits = 1; bits <= limit; bits++) {
      used += (long) counts[bits] << (limit - bits);
    }
    for (; used > (1L << limit); used--) {
      int bits = limit - 1;
      while (counts[bits] == 0) {
        bits--;
      }
      // One code of `bits` and one of the limit become two of bits + 1.
      counts[bits]--;
      counts[bits + 1] += 2;
      counts[limit]--;
    }
  }

  private void assignLengths(long[] sorted, int[] counts) {
    int at = 0;
    for (int bits = counts.length - 1; bits > 0; bits--) {
      for (int count = counts[bits]; count > 0; count--) {
        length[(int) sorted[at++]] = (byte) bits;
      }
    }
  }

  private void assignCodes(int maxLength) {
    int next = 0;
    for (int bits = 1; bits <= maxLength; bits++) {
      for (int symbol = 0; symbol < length.length; symbol++) {
        if (length[symbol] == bits) {
          code[symbol] = (short) (Integer.reverse(next++) >>> (32 - bits));
        }
      }
      next <<= 1;
    }
  }
}
