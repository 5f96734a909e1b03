// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import java.util.Arrays;

/**
 * Counts durations in buckets whose width is at most 1/1024 of their value, so that any number of
 * them takes the same memory. The smallest, the largest and the sum are exact. Not thread-safe.
 */
public final class LatencyHistogram {
  /*
   * As in HdrHistogram (Gil Tene; public domain): values below 2^SUB_BITS have a bucket each; above,
   * every power of two is cut into 2^(SUB_BITS-1) equal buckets. The index is found by counting
   * leading zeros. 2^42 ns is 73 minutes; what is longer is counted in the last bucket.
   */
  private static final int SUB_BITS = 11;
  private static final int HALF = 1 << (SUB_BITS - 1);
  private static final int MAX_BITS = 42;
  private static final int BUCKETS = (MAX_BITS - SUB_BITS + 2) * HALF;

  private final long[] counts = new long[BUCKETS];
  private long count;
  private long min = Long.MAX_VALUE;
  private long minCount;
  private long max;
  private double sum;

  /** Makes an empty histogram. */
  public LatencyHistogram() {}

  /**
   * Counts one duration.
   *
   * @param nanos nanoseconds; a negative value counts as 0
   */
  public void record(long nanos) {
    long value = Math.max(nanos, 0);
    counts[index(value)]++;
    count++;
    sum += value;
    if (value < min) {
      min = value;
      minCount = 1;
    } else if (value == min) {
      minCount++;
    }
    if (value > max) {
      max = value;
    }
  }

  private static int index(long value) {
    int shift = Math.max(0, 64 - SUB_BITS - Long.numberOfLeadingZeros(value | 1));
    if (shift > MAX_BITS - SUB_BITS) {
      return BUCKETS - 1;
    }
    return (int) (value >>> shift) + shift * HALF;
  }

  private static int shiftOf(int index) {
    return Math.max(0, index / HALF - 1);
  }

  /** The smallest value that falls into the bucket. */
  private static long lowest(int index) {
    int shift = shiftOf(index);
    return (long) (index - shift * HALF) << shift;
  }

  /** The largest value that falls into the bucket. */
  private static long highest(int index) {
    return lowest(index) + (1L << shiftOf(index)) - 1;
  }

  /** Adds all counts of another histogram. */
  public void add(LatencyHistogram other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
    if (other.min < min) {
      min = other.min;
      minCount = other.minCount;
    } else if (other.min == min) {
      minCount += other.minCount;
    }
    count += other.count;
    sum += other.sum;
    max = Math.max(max, other.max);
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0);
    count = 0;
    sum = 0;
    min = Long.MAX_VALUE;
    minCount = 0;
    max = 0;
  }

  /** How many durations were counted. */
  public long count() {
    return count;
  }

  /** The shortest, in nanoseconds; 0 if there is none. */
  public long minNanos() {
    return count == 0 ? 0 : min;
  }

  /** How many were exactly as short as the shortest. */
  public long minCount() {
    return minCount;
  }

  /** The longest, in nanoseconds; 0 if there is none. */
  public long maxNanos() {
    return max;
  }

  /** The sum of all, in nanoseconds. */
  public double sumNanos() {
    return sum;
  }

  /** The average, in nanoseconds; 0 if there is none. */
  public double meanNanos() {
    return count == 0 ? 0 : sum / count;
  }

  /** The standard deviation, in nanoseconds; 0 if there is none. */
  public double standardDeviationNanos() {
    double mean = meanNanos();
    double squares = 0;
    for (int i = 0; i < BUCKETS; i++) {
      if (counts[i] > 0) {
        double difference = (lowest(i) + highest(i)) / 2.0 - mean;
        squares += counts[i] * difference * difference;
      }
    }
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  /**
   * The nearest-rank percentile: the shortest duration that at least {@code percentile} percent of
   * all do not exceed. Its error is at most 0.1 percent of the value, upwards.
   *
   * @param percentile from 0 to 100
   * @return nanoseconds; 0 if nothing was counted
   */
  public long percentileNanos(double percentile) {
    if (count == 0) {
      return 0;
    }
    // 99.9 percent of 5,000 is 4,995, though floating point makes it a little more.
    long rank = Math.max(1, (long) Math.ceil(percentile / 100 * count - 1e-6));
    if (rank >= count) {
      return max;
    }
    if (rank <= minCount) {
      return min;
    }
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(highest(i), max);
      }
    }
    return max;
  }

  /**
   * How many durations are at most as long as the limit, to the precision of the buckets.
   *
   * @param nanos the limit in nanoseconds
   */
  public long countUpTo(long nanos) {
    if (count == 0 || nanos < min) {
      return 0;
    }
    if (nanos >= max) {
      return count;
    }
    if (nanos == min) {
      return minCount;
    }
    long seen = 0;
    int last = index(nanos);
    for (int i = 0; i <= last; i++) {
      seen += counts[i];
    }
    return seen;
  }
}
