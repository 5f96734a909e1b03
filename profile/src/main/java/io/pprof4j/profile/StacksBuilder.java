// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** Collects stacks and numbers equal ones alike. */
final class StacksBuilder {
  private static final long EMPTY = 0;

  private final IntColumn first = new IntColumn();
  private final FrameColumn location = new FrameColumn();

  /**
   * Where the row of a hash is: the hash in the upper half and the row plus one in the lower, so
   * that a stack that is new waits for memory once.
   */
  private long[] table = new long[1024];

  /** A stack of a batch on its way to a column of 32 bits. */
  private int[] numbers = new int[128];

  @SuppressWarnings("UnusedVariable") // a use of what was looked at, or compilers leave that out
  private long expected;

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
    int slot = slot(hash);
    for (long entry = table[slot]; entry != EMPTY; entry = table[slot]) {
      if (isCandidate(entry, hash, depth)
          && location.matches(first.get(row(entry)), locations, depth)) {
        return row(entry);
      }
      slot = next(slot);
    }
    location.addAll(locations, depth);
    return add(hash, slot);
  }

  /** The row of the stack of a decoded sample. */
  int intern(SampleBatch batch, int sample) {
    int start = batch.start.get(sample);
    int depth = batch.depth.get(sample);
    int hash = batch.hash.get(sample);
    if (start >= 0 && !location.isWide()) {
      return intern(batch.narrow, start, depth, hash);
    }
    if (depth > numbers.length) {
      numbers = new int[Capacity.grow(numbers.length, depth)];
    }
    if (start < 0) {
      batch.wide.copyTo(~start, numbers, depth);
    } else {
      for (int at = 0; at < depth; at++) {
        numbers[at] = batch.narrow[start + at];
      }
    }
    return intern(numbers, depth, hash);
  }

  private int intern(char[] locations, int from, int depth, int hash) {
    int slot = slot(hash);
    for (long entry = table[slot]; entry != EMPTY; entry = table[slot]) {
      if (isCandidate(entry, hash, depth)
          && location.matches(first.get(row(entry)), locations, from, depth)) {
        return row(entry);
      }
      slot = next(slot);
    }
    location.addAll(locations, from, depth);
    return add(hash, slot);
  }

  /**
   * Looks at where stacks of these hashes will be looked for, all at once: each one by itself waits
   * for memory, which is half the time of finding that a stack is new.
   */
  void expect(IntColumn hashes) {
    long seen = 0;
    for (int at = 0; at < hashes.size(); at++) {
      seen |= table[slot(hashes.get(at))];
    }
    expected = seen;
  }

  private int slot(int hash) {
    return hash & (table.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  private static int row(long entry) {
    return (int) entry - 1;
  }

  private boolean isCandidate(long entry, int hash, int depth) {
    int row = row(entry);
    return (int) (entry >>> 32) == hash && first.get(row + 1) - first.get(row) == depth;
  }

  /** Adds a row for the frames that were appended. */
  private int add(int hash, int slot) {
    first.add(location.size());
    table[slot] = (long) hash << 32 | size();
    if (size() * 2L > table.length) {
      rehash();
    }
    return size() - 1;
  }

  private void rehash() {
    long[] entries = table;
    table = new long[Math.toIntExact(entries.length * 2L)];
    for (long entry : entries) {
      int slot = slot((int) (entry >>> 32));
      while (table[slot] != EMPTY) {
        slot = next(slot);
      }
      table[slot] = entry;
    }
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
