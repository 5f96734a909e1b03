// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

/** What the library answers about the heap. Its arrays are handed over, not copied. */
public final class RawHeap {
  private final byte[] buckets;
  private final long[] statistics;
  private final long timeMillis;

  RawHeap(byte[] buckets, long[] statistics, long timeMillis) {
    this.buckets = buckets;
    this.statistics = statistics;
    this.timeMillis = timeMillis;
  }

  /** Encoded buckets, see {@code HeapBuckets}. */
  public byte[] buckets() {
    return buckets;
  }

  /** The sampler's figures at that time, see {@code HeapStatistics}. */
  public long[] statistics() {
    return statistics;
  }

  /** When, in milliseconds since 1970. */
  public long timeMillis() {
    return timeMillis;
  }
}
