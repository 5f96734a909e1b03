// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import java.util.Arrays;

/** How often each symbol of deflate occurs, and what that makes it cost. */
final class SymbolCounts {
  private static final double LN2 = Math.log(2);

  final int[] literals = new int[MatchSymbols.LITERALS];
  final int[] distances = new int[MatchSymbols.DISTANCES];

  void add(SymbolCounts other) {
    add(literals, other.literals);
    add(distances, other.distances);
  }

  private static void add(int[] counts, int[] others) {
    for (int symbol = 0; symbol < counts.length; symbol++) {
      counts[symbol] += others[symbol];
    }
  }

  void clear() {
    Arrays.fill(literals, 0);
    Arrays.fill(distances, 0);
  }

  /** The bits that all of them take with the best codes of fractional lengths. */
  double bits() {
    return bits(literals) + bits(distances);
  }

  private static double bits(int[] counts) {
    double bits = 0;
    long all = 0;
    for (int count : counts) {
      if (count > 0) {
        bits -= count * Math.log(count);
        all += count;
      }
    }
    return all == 0 ? 0 : (bits + all * Math.log((double) all)) / LN2;
  }

  /** The bits that each of {@code counts} symbols takes; what does not occur counts as once. */
  static void costs(int[] counts, byte[] costs) {
    long all = 1;
    for (int count : counts) {
      all += count;
    }
    for (int symbol = 0; symbol < costs.length; symbol++) {
      costs[symbol] = (byte) Math.round(Math.log((double) all / Math.max(1, counts[symbol])) / LN2);
    }
  }
}
