// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

/** How long one phase of the successful requests took. Not thread-safe. */
public final class PhaseTimes {
  private double sum;
  private long count;
  private long min = Long.MAX_VALUE;
  private long max;

  /** Makes an empty sum. */
  public PhaseTimes() {}

  /**
   * Counts one request.
   *
   * @param nanos how long its phase took, in nanoseconds
   */
  public void record(long nanos) {
    sum += nanos;
    count++;
    if (nanos < min) {
      min = nanos;
    }
    if (nanos > max) {
      max = nanos;
    }
  }

  /** Adds the requests of another sum. */
  public void add(PhaseTimes other) {
    sum += other.sum;
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** The average in nanoseconds; 0 without requests. */
  public double meanNanos() {
    return count == 0 ? 0 : sum / count;
  }

  /** The shortest in nanoseconds; 0 without requests. */
  public long minNanos() {
    return count == 0 ? 0 : min;
  }

  /** The longest in nanoseconds. */
  public long maxNanos() {
    return max;
  }
}
