// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.hey.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of hey's histogram.
 *
 * @param mark the upper edge in seconds
 * @param count how many requests took at most as long, and longer than the row before
 * @param frequency the same as a fraction of all
 */
public record Bucket(double mark, long count, double frequency) {
  private static final int STEPS = 10;

  /**
   * Eleven rows: the shortest, and ten edges at equal distances up to the longest. So the first row
   * counts only what took as long as the shortest.
   */
  public static List<Bucket> of(LatencyHistogram latencies) {
    List<Bucket> buckets = new ArrayList<>();
    if (latencies.count() == 0) {
      return buckets;
    }
    double min = latencies.minNanos();
    double step = (latencies.maxNanos() - min) / STEPS;
    long before = 0;
    for (int i = 0; i <= STEPS; i++) {
      double mark = i == STEPS ? latencies.maxNanos() : min + i * step;
      long upTo = Math.max(before, latencies.countUpTo((long) mark));
      double frequency = (double) (upTo - before) / latencies.count();
      buckets.add(new Bucket(mark / 1e9, upTo - before, frequency));
      before = upTo;
    }
    return buckets;
  }

  /** The rows with bars of up to forty squares. */
  public static String bars(List<Bucket> buckets) {
    long max = 0;
    for (Bucket bucket : buckets) {
      max = Math.max(max, bucket.count);
    }
    StringBuilder out = new StringBuilder();
    for (Bucket bucket : buckets) {
      int length = max == 0 ? 0 : (int) ((bucket.count * 40 + max / 2) / max);
      out.append("  ").append(Numbers.fixed3(bucket.mark));
      out.append(" [").append(bucket.count).append("]\t|");
      out.append("\u25A0".repeat(length)).append('\n');
    }
    return out.toString();
  }
}
