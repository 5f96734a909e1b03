// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Label;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;

/**
 * A stack that allocated under certain labels, with a bucket for each size class it allocated.
 * Immutable.
 */
public final class HeapStack {
  private static final Comparator<HeapBucket> BY_SIZE =
      Comparator.comparingLong(HeapBucket::objectBytes);

  private final FrameTable table;
  private final int[] frames;
  private final List<Label> labels;
  private final List<HeapBucket> buckets;

  /** The numbers are those of the table; both are handed over. */
  HeapStack(FrameTable table, int[] frames, List<Label> labels, List<HeapBucket> buckets) {
    this.table = table;
    this.frames = frames;
    this.labels = labels;
    this.buckets = List.copyOf(buckets);
  }

  /** The stacks of a snapshot. */
  static List<HeapStack> list(HeapSnapshot snapshot) {
    SampledCounts liveCounts = new SampledCounts(snapshot.interval());
    SampledCounts allCounts = new SampledCounts(snapshot.interval());
    HeapStacks stacks = snapshot.table();
    HeapRows rows = snapshot.rows();
    List<HeapStack> list = new ArrayList<>();
    stacks.lock.lock();
    try {
      for (int group = 0; group < stacks.groupCount(); group++) {
        List<HeapBucket> buckets = new ArrayList<>(1);
        rows.each(group, row -> buckets.add(rows.bucket(row, liveCounts, allCounts)));
        if (!buckets.isEmpty()) {
          buckets.sort(BY_SIZE);
          int stack = stacks.firstOf(group);
          List<Label> labels = snapshot.labelSets().get(stacks.labels(stack));
          list.add(new HeapStack(stacks.table(), stacks.frames(stack), labels, buckets));
        }
      }
    } finally {
      stacks.lock.unlock();
    }
    return Collections.unmodifiableList(list);
  }

  /** The frames, leaf first; never empty. */
  public List<JavaFrame> frames() {
    return new Frames();
  }

  /** The labels of the threads that allocated, sorted by key. */
  public List<Label> labels() {
    return labels;
  }

  /** The buckets, one a size class, by ascending size. */
  public List<HeapBucket> buckets() {
    return buckets;
  }

  @Override
  public String toString() {
    return frames() + " " + labels + ": " + buckets;
  }

  /** A view, since a million lists of frames would be the larger part of a snapshot. */
  private final class Frames extends AbstractList<JavaFrame> implements RandomAccess {
    @Override
    public JavaFrame get(int frame) {
      return table.frame(frames[frame]);
    }

    @Override
    public int size() {
      return frames.length;
    }
  }
}
