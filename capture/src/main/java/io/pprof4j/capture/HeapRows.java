// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The buckets of a snapshot: a row of numbers each, of a group of stacks and a size class one row
 * at most. Immutable.
 */
final class HeapRows {
  /*
   * A row as the library tells it (read.c, put_buckets): the stack's number, the size class, and
   * two times four sums, live and allocated: samples, their bytes, objects times 65536, bytes.
   * The rows of a group are linked, the last one first.
   */
  private static final int STACK = 0;
  private static final int SIZE = 1;
  private static final int LIVE = 2;
  private static final int ALL = 6;
  private static final int WIDTH = 10;

  private static final int RAW_OBJECTS = 0;
  private static final int RAW_BYTES = 1;
  private static final int OBJECTS = 2;
  private static final int BYTES = 3;

  private static final int NONE = -1;
  private static final double FIXED = 65536;

  private final long[] cells;
  private final int[] lastOfGroup;
  private final int[] previous;
  private int size;

  private HeapRows(long[] cells, int groups) {
    this.cells = cells;
    lastOfGroup = new int[groups];
    Arrays.fill(lastOfGroup, NONE);
    previous = new int[cells.length / WIDTH];
  }

  /** The buckets that the library has told; the array is handed over. */
  static HeapRows of(long[] told, HeapStacks stacks) {
    HeapRows rows = new HeapRows(told, stacks.groupCount());
    for (int at = 0; at < told.length; at += WIDTH) {
      int stack = (int) told[at + STACK];
      int group = stacks.group(stack);
      // A stack has each size class once, so only later stacks of the group can have one again.
      int equal = stacks.isFirst(stack) ? NONE : rows.find(group, told[at + SIZE]);
      if (equal == NONE) {
        rows.append(told, at, group);
      } else {
        rows.addTo(equal, told, at);
      }
    }
    return rows;
  }

  private void append(long[] source, int at, int group) {
    System.arraycopy(source, at, cells, size * WIDTH, WIDTH);
    if (isEmpty(size)) {
      return;
    }
    previous[size] = lastOfGroup[group];
    lastOfGroup[group] = size++;
  }

  private void addTo(int row, long[] source, int at) {
    for (int column = LIVE; column < WIDTH; column++) {
      cells[row * WIDTH + column] += source[at + column];
    }
  }

  private int find(int group, long objectBytes) {
    int row = lastOf(group);
    while (row != NONE && objectBytes(row) != objectBytes) {
      row = previous[row];
    }
    return row;
  }

  /** The allocations since earlier rows of the same stacks; what is live is as in these. */
  HeapRows since(HeapRows base, HeapStacks stacks) {
    HeapRows rest = new HeapRows(new long[size * WIDTH], lastOfGroup.length);
    long[] changed = new long[WIDTH];
    for (int row = 0; row < size; row++) {
      System.arraycopy(cells, row * WIDTH, changed, 0, WIDTH);
      int group = stacks.group(stack(row));
      int before = base.find(group, objectBytes(row));
      for (int column = ALL; column < WIDTH && before != NONE; column++) {
        changed[column] -= base.cells[before * WIDTH + column];
      }
      rest.append(changed, 0, group);
    }
    return rest;
  }

  /** How many rows there are. */
  int size() {
    return size;
  }

  /** The number of a stack that the row is of; one of its group. */
  int stack(int row) {
    return (int) cells[row * WIDTH + STACK];
  }

  long objectBytes(int row) {
    return cells[row * WIDTH + SIZE];
  }

  private boolean isEmpty(int row) {
    return liveObjects(row) == 0 && allObjects(row) == 0;
  }

  long liveObjects(int row) {
    return Math.round(cells[row * WIDTH + LIVE + OBJECTS] / FIXED);
  }

  long liveBytes(int row) {
    return cells[row * WIDTH + LIVE + BYTES];
  }

  long allObjects(int row) {
    return Math.round(cells[row * WIDTH + ALL + OBJECTS] / FIXED);
  }

  long allBytes(int row) {
    return cells[row * WIDTH + ALL + BYTES];
  }

  /** Calls for each row of a group. */
  void each(int group, IntConsumer use) {
    for (int row = lastOf(group); row != NONE; row = previous[row]) {
      use.accept(row);
    }
  }

  private int lastOf(int group) {
    return group < lastOfGroup.length ? lastOfGroup[group] : NONE; // a group that came later
  }

  /** A row with the counts that were sampled. */
  HeapBucket bucket(int row, SampledCounts liveCounts, SampledCounts allCounts) {
    return new HeapBucket(
        objectBytes(row),
        sampled(row, LIVE, liveCounts),
        sampled(row, ALL, allCounts),
        new HeapCounts(liveObjects(row), liveBytes(row)),
        new HeapCounts(allObjects(row), allBytes(row)));
  }

  private HeapCounts sampled(int row, int of, SampledCounts counts) {
    int at = row * WIDTH + of;
    HeapCounts raw = new HeapCounts(cells[at + RAW_OBJECTS], cells[at + RAW_BYTES]);
    return counts.of(raw, cells[at + OBJECTS] / FIXED, cells[at + BYTES]);
  }
}
