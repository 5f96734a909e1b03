// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

/**
 * Gives the counts that one fixed interval would have sampled.
 *
 * <p>While the interval stays what it is, these are the samples themselves. Samples taken at a
 * raised interval stand for more objects than a reader of {@code debug=1} would think, who scales
 * all by the one interval in the head; so their estimate is scaled back. Fractions are carried from
 * bucket to bucket, so that totals stay right.
 */
final class SampledCounts {
  /** Weights are single-precision and sums are fixed-point: a relative difference below is none. */
  private static final double EPSILON = 1e-4;

  private final long interval;
  private double carriedObjects;

  SampledCounts(long interval) {
    this.interval = interval;
  }

  /**
   * The counts of one bucket.
   *
   * @param raw samples taken
   * @param objects estimate of the objects they stand for
   * @param bytes estimate of their bytes
   */
  HeapCounts of(HeapCounts raw, double objects, long bytes) {
    if (raw.objects() == 0 || objects <= 0) {
      return raw;
    }
    double objectBytes = bytes / objects;
    double probability = interval <= 1 ? 1 : -Math.expm1(-objectBytes / interval);
    double expected = objects * probability;
    // The estimator is not linear in the size, and sizes vary by 1/16 within a bucket.
    double tolerance = objectBytes > 256 ? 0.002 : EPSILON;
    if (Math.abs(expected - raw.objects()) <= raw.objects() * tolerance) {
      return raw;
    }
    double withCarry = expected + carriedObjects;
    long whole = Math.max(0, Math.round(withCarry));
    carriedObjects = withCarry - whole;
    return new HeapCounts(whole, Math.round(whole * objectBytes));
  }
}
