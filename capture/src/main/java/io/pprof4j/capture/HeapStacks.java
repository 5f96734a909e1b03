// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.CodeTable;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stacks that the library has numbered since the sampler's start. A stack never changes, so
 * they are kept from read to read, together with their rows in the tables of a profile: a read then
 * brings new stacks only, and a profile needs no more than columns of numbers.
 *
 * <p>Stacks that differ within a line only, or by the same line of two copies of a class, are one
 * <em>group</em>.
 */
final class HeapStacks {
  /** To be held by whoever uses anything but {@link #start} and {@link #table}. */
  final ReentrantLock lock = new ReentrantLock();

  private final int start;
  private final FrameTable table = new FrameTable();
  private final HeapTables profile = new HeapTables(table);
  private final LongNumbers groups = new LongNumbers();

  private int count;
  private int[] first = new int[1025];
  private int[] frames = new int[1 << 14];
  private int[] labels = new int[1024];
  private int[] rows = new int[1024];
  private int[] groupOf = new int[1024];
  private int[] firstOfGroup = new int[1024];

  /** No stacks yet, of the given start of the sampler. */
  HeapStacks(int start) {
    this.start = start;
  }

  /** The start of the sampler that they are of. */
  int start() {
    return start;
  }

  /** How many stacks are known: all that have smaller numbers. */
  int count() {
    return count;
  }

  int groupCount() {
    return groups.size();
  }

  int group(int stack) {
    return groupOf[stack];
  }

  /** The stack of a group that has the smallest number. */
  int firstOf(int group) {
    return firstOfGroup[group];
  }

  /** Whether a stack has the smallest number of its group. */
  boolean isFirst(int stack) {
    return firstOf(groupOf[stack]) == stack;
  }

  /** The number of the set of labels of a stack. */
  int labels(int stack) {
    return labels[stack];
  }

  /** The row of a stack in the tables of {@link #profile}. */
  int row(int stack) {
    return rows[stack];
  }

  /** The numbers of a stack's frames in {@link #table}, leaf first. */
  int[] frames(int stack) {
    return Arrays.copyOfRange(frames, first[stack], first[stack + 1]);
  }

  FrameTable table() {
    return table;
  }

  /** The tables of profiles of these stacks. */
  HeapTables profile() {
    return profile;
  }

  /**
   * Adds the stacks that the library has told (read.c): of each the number of its labels, the
   * number of frames, and per frame method and line.
   */
  void add(int[] told, CodeTable code) {
    for (int at = 0; at < told.length; at += 2 + 2 * told[at + 1]) {
      int depth = told[at + 1];
      reserve(Math.max(1, depth));
      int from = first[count];
      frames[from] = FrameTable.NO_STACK;
      for (int frame = 0; frame < depth; frame++) {
        int pair = at + 2 + 2 * frame;
        frames[from + frame] = table.number(told[pair], told[pair + 1], code);
      }
      append(told[at], from + Math.max(1, depth));
    }
  }

  private void append(int labelSet, int end) {
    int stack = count;
    first[stack + 1] = end;
    labels[stack] = labelSet;
    rows[stack] = profile.stack(frames(stack));
    int known = groups.size();
    groupOf[stack] = groups.number((long) rows[stack] << 32 | labelSet);
    if (groupOf[stack] == known) {
      firstOfGroup[known] = stack;
    }
    count++; // last, so that after a failure the library is asked for this one again
  }

  private void reserve(int depth) {
    if (count == labels.length) {
      first = Arrays.copyOf(first, count * 2 + 1);
      labels = Arrays.copyOf(labels, count * 2);
      rows = Arrays.copyOf(rows, count * 2);
      groupOf = Arrays.copyOf(groupOf, count * 2);
      firstOfGroup = Arrays.copyOf(firstOfGroup, count * 2);
    }
    if (first[count] + depth > frames.length) {
      frames = Arrays.copyOf(frames, Math.max(first[count] + depth, frames.length * 2));
    }
  }
}
