// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

/**
 * What was allocated by one stack in objects of about one size.
 *
 * <p>The <em>sampled</em> counts are those of Go's {@code debug=1}: samples that were taken, not
 * scaled. A reader scales them by the interval. If the sampler raised its interval for a while,
 * they are the counts that the wished interval would have given.
 *
 * @param objectBytes the size class: the size itself up to 256 bytes, above at most 1/16 less
 * @param sampledLive samples alive at the last completed collection
 * @param sampledAll samples since the start
 * @param live estimate of the objects alive at the last completed collection
 * @param all estimate of the objects allocated since the start
 */
public record HeapBucket(
    long objectBytes,
    HeapCounts sampledLive,
    HeapCounts sampledAll,
    HeapCounts live,
    HeapCounts all) {

  /** The sum of two buckets of one size class. */
  HeapBucket plus(HeapBucket other) {
    return new HeapBucket(
        objectBytes,
        sampledLive.plus(other.sampledLive),
        sampledAll.plus(other.sampledAll),
        live.plus(other.live),
        all.plus(other.all));
  }

  /** Allocations since an earlier state of this bucket; what is live stays as it is now. */
  HeapBucket since(HeapBucket base) {
    return new HeapBucket(
        objectBytes, sampledLive, sampledAll.minus(base.sampledAll), live, all.minus(base.all));
  }

  boolean isEmpty() {
    return all.objects() == 0 && live.objects() == 0;
  }
}
