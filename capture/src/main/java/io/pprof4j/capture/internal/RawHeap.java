// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

/** What the library answers about the heap. Its arrays are handed over, not copied. */
public final class RawHeap {
  private final int start;
  private final int[] newStacks;
  private final long[] buckets;
  private final long[] statistics;
  private final long timeMillis;

  RawHeap(int start, int[] newStacks, long[] buckets, long[] statistics, long timeMillis) {
    this.start = start;
    this.newStacks = newStacks;
    this.buckets = buckets;
    this.statistics = statistics;
    this.timeMillis = timeMillis;
  }

  /** Which start of the sampler this is of; stacks are numbered anew at each. */
  public int start() {
    return start;
  }

  /** Encoded stacks, see {@code HeapStacks}. */
  public int[] newStacks() {
    return newStacks;
  }

  /** Encoded buckets, see {@code HeapRows}. */
  public long[] buckets() {
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
