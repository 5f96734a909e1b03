// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the heap sampler knew at one moment: all allocations since it was started, and what of them
 * was alive at the last completed collection (see {@code docs/decisions}, "When a sampled object
 * counts as live"). Immutable.
 */
public final class HeapSnapshot {
  private final HeapStacks stacks;
  private final HeapRows rows;
  private final List<List<Label>> labelSets;
  private final HeapStatistics statistics;
  private final long timeMillis;

  /** What this tells the difference to; null if it tells of all since the start. */
  private final @Nullable HeapSnapshot base;

  /** The stacks as objects, made when they are asked for; made twice at worst. */
  private volatile @Nullable List<HeapStack> list;

  /** All since the start. */
  HeapSnapshot(
      HeapStacks stacks,
      HeapRows rows,
      List<List<Label>> labelSets,
      HeapStatistics statistics,
      long timeMillis) {
    this.stacks = stacks;
    this.rows = rows;
    this.labelSets = labelSets;
    this.statistics = statistics;
    this.timeMillis = timeMillis;
    this.base = null;
  }

  /** The allocations between two snapshots. */
  private HeapSnapshot(HeapSnapshot end, HeapSnapshot base, HeapRows rows) {
    this.stacks = end.stacks;
    this.rows = rows;
    this.labelSets = end.labelSets;
    this.statistics = end.statistics;
    this.timeMillis = end.timeMillis;
    this.base = base;
  }

  /** The stacks, in no particular order. */
  public List<HeapStack> stacks() {
    List<HeapStack> known = list;
    if (known == null) {
      known = HeapStack.list(this);
      list = known;
    }
    return known;
  }

  /** The sampler's figures. */
  public HeapStatistics statistics() {
    return statistics;
  }

  /** When it was taken, in milliseconds since 1970. */
  public long timeMillis() {
    return timeMillis;
  }

  /** How long the time is that it tells of; 0 if it tells of all since the start. */
  public long durationMillis() {
    return base == null ? 0 : timeMillis - base.timeMillis;
  }

  /**
   * Mean bytes between two samples: what the {@code sampled} counts are scaled by, and the period
   * of the profile. In the text form of {@code debug=1} it stands doubled: {@code heap/1048576}.
   */
  public long interval() {
    return statistics.referenceInterval();
  }

  /** All buckets as one: the four numbers of the head of {@code debug=1}, and the estimates. */
  public HeapBucket total() {
    HeapBucket sum =
        new HeapBucket(0, HeapCounts.ZERO, HeapCounts.ZERO, HeapCounts.ZERO, HeapCounts.ZERO);
    for (HeapStack stack : stacks()) {
      for (HeapBucket bucket : stack.buckets()) {
        sum = sum.plus(bucket);
      }
    }
    return sum;
  }

  /**
   * The allocations since an earlier snapshot. What is live is as in this one. If the sampler was
   * started anew in between, all since then.
   */
  public HeapSnapshot since(HeapSnapshot earlier) {
    if (stacks.start() != earlier.stacks.start()) {
      return new HeapSnapshot(this, earlier, rows);
    }
    stacks.lock.lock();
    try {
      return new HeapSnapshot(this, earlier, rows.since(earlier.rows, stacks));
    } finally {
      stacks.lock.unlock();
    }
  }

  /** The profile of {@code /debug/pprof/heap}: its last column, {@code inuse_space}, is shown. */
  public Profile heapProfile() {
    return HeapProfiles.of(this, "");
  }

  /** The profile of {@code /debug/pprof/allocs}: the same, {@code alloc_space} is shown. */
  public Profile allocsProfile() {
    return HeapProfiles.of(this, "alloc_space");
  }

  /** Whether this tells of all since the start. */
  boolean isWhole() {
    return base == null;
  }

  HeapStacks table() {
    return stacks;
  }

  HeapRows rows() {
    return rows;
  }

  List<List<Label>> labelSets() {
    return labelSets;
  }
}
