// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the heap sampler knew at one moment: all allocations since it was started, and what of them
 * was alive at the last completed collection (see {@code docs/decisions}, "When a sampled object
 * counts as live"). Immutable.
 */
public final class HeapSnapshot {
  private final List<HeapStack> stacks;
  private final HeapStatistics statistics;
  private final long timeMillis;
  private final long durationMillis;

  HeapSnapshot(
      List<HeapStack> stacks, HeapStatistics statistics, long timeMillis, long durationMillis) {
    this.stacks = List.copyOf(stacks);
    this.statistics = statistics;
    this.timeMillis = timeMillis;
    this.durationMillis = durationMillis;
  }

  /** The stacks, in no particular order. */
  public List<HeapStack> stacks() {
    return stacks;
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
    return durationMillis;
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
    for (HeapStack stack : stacks) {
      for (HeapBucket bucket : stack.buckets()) {
        sum = sum.plus(bucket);
      }
    }
    return sum;
  }

  private record Key(List<JavaFrame> frames, List<Label> labels) {
    Key(HeapStack stack) {
      this(stack.frames(), stack.labels());
    }
  }

  /** The allocations since an earlier snapshot. What is live is as in this one. */
  public HeapSnapshot since(HeapSnapshot base) {
    Map<Key, Map<Long, HeapBucket>> before = new HashMap<>();
    for (HeapStack stack : base.stacks) {
      before.put(new Key(stack), bySize(stack.buckets()));
    }
    List<HeapStack> changed = new ArrayList<>();
    for (HeapStack stack : stacks) {
      Map<Long, HeapBucket> old = before.getOrDefault(new Key(stack), Map.of());
      List<HeapBucket> rest = stack.buckets().stream().map(b -> since(b, old)).toList();
      rest = rest.stream().filter(bucket -> !bucket.isEmpty()).toList();
      if (!rest.isEmpty()) {
        changed.add(stack.withBuckets(rest));
      }
    }
    return new HeapSnapshot(changed, statistics, timeMillis, timeMillis - base.timeMillis);
  }

  private static HeapBucket since(HeapBucket bucket, Map<Long, HeapBucket> old) {
    HeapBucket base = old.get(bucket.objectBytes());
    return base == null ? bucket : bucket.since(base);
  }

  private static Map<Long, HeapBucket> bySize(List<HeapBucket> buckets) {
    Map<Long, HeapBucket> map = new TreeMap<>();
    buckets.forEach(bucket -> map.put(bucket.objectBytes(), bucket));
    return map;
  }

  /** The profile of {@code /debug/pprof/heap}: its last column, {@code inuse_space}, is shown. */
  public Profile heapProfile() {
    return HeapProfiles.of(this, "");
  }

  /** The profile of {@code /debug/pprof/allocs}: the same, {@code alloc_space} is shown. */
  public Profile allocsProfile() {
    return HeapProfiles.of(this, "alloc_space");
  }
}
