// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.profile.Label;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A stack that allocated under certain labels, with a bucket for each size class it allocated.
 * Immutable.
 */
public final class HeapStack {
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

  /** The same stack with other buckets. */
  HeapStack withBuckets(List<HeapBucket> others) {
    return new HeapStack(table, frames, labels, others);
  }

  /** How many frames there are. */
  int depth() {
    return frames.length;
  }

  /** The number of a frame in the table of its snapshot. */
  int frameNumber(int frame) {
    return frames[frame];
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
