// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.PackedFrames;
import io.pprof4j.profile.internal.column.RowIndex;

/** Collects stacks and numbers equal ones alike. */
final class StacksBuilder {
  private final IntColumn first = new IntColumn();
  private final FrameColumn location = new FrameColumn();

  private final RowIndex index = new RowIndex();

  /** A stack of a batch on its way to a column of 32 bits. */
  private int[] numbers = new int[128];

  StacksBuilder() {
    first.add(0);
  }

  int size() {
    return first.size() - 1;
  }

  /** The row of the stack that is the first {@code depth} values of {@code locations}. */
  int intern(int[] locations, int depth) {
    return intern(locations, depth, PackedFrames.hash(locations, depth));
  }

  private int intern(int[] locations, int depth, int hash) {
    int slot = index.slot(hash);
    for (long entry = index.at(slot); entry != RowIndex.FREE; entry = index.at(slot)) {
      if (isCandidate(entry, hash, depth)
          && location.matches(first.get(RowIndex.row(entry)), locations, depth)) {
        return RowIndex.row(entry);
      }
      slot = index.next(slot);
    }
    location.addAll(locations, depth);
    return add(hash, slot);
  }

  /** The row of a stack of a batch. */
  int intern(StackBatch batch, int at) {
    int start = batch.start.get(at);
    int depth = batch.depth.get(at);
    int hash = batch.hash.get(at);
    if (start >= 0 && !location.isWide()) {
      return intern(batch.narrow, start, depth, hash);
    }
    if (depth > numbers.length) {
      numbers = new int[Capacity.grow(numbers.length, depth)];
    }
    if (start < 0) {
      batch.wide.copyTo(~start, numbers, depth);
    } else {
      for (int frame = 0; frame < depth; frame++) {
        numbers[frame] = batch.narrow[start + frame];
      }
    }
    return intern(numbers, depth, hash);
  }

  private int intern(char[] locations, int from, int depth, int hash) {
    int slot = index.slot(hash);
    for (long entry = index.at(slot); entry != RowIndex.FREE; entry = index.at(slot)) {
      if (isCandidate(entry, hash, depth)
          && location.matches(first.get(RowIndex.row(entry)), locations, from, depth)) {
        return RowIndex.row(entry);
      }
      slot = index.next(slot);
    }
    location.addAll(locations, from, depth);
    return add(hash, slot);
  }

  /** Prepares for the stacks of a batch; for speed only. */
  void expect(StackBatch batch) {
    index.expect(batch.hash);
  }

  private boolean isCandidate(long entry, int hash, int depth) {
    int row = RowIndex.row(entry);
    return RowIndex.hash(entry) == hash && first.get(row + 1) - first.get(row) == depth;
  }

  /** Adds a row for the frames that were appended. */
  private int add(int hash, int slot) {
    first.add(location.size());
    return index.add(hash, slot);
  }

  /** The stacks so far; the builder may be added to afterwards. */
  Stacks copy() {
    return new Stacks(first.copy(), location.copy());
  }

  /** The stacks as they are; the builder must not be used afterwards. */
  Stacks build() {
    return new Stacks(first.toArray(), location);
  }

  /**
   * The stacks of numbers that are no rows yet; the builder must not be used afterwards.
   *
   * @param rows the location row of each number
   */
  Stacks build(int[] rows) {
    return new Stacks(first.toArray(), location, rows);
  }
}
