// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Sums of counts and amounts by labels and stack, in order of first appearance. */
final class FormSums {
  /*
   * There is an entry for nearly each stack of a large recording, and events come to them in no
   * order: so the table is of ints, and what an entry has is next to each other. Each access waits
   * for memory nevertheless; so some events are gathered, and then all their places are looked at
   * before any is changed, which lets the processor wait for them at the same time.
   */

  /** Differs from run to run, so that nobody can choose labels and stacks that collide. */
  private static final long SEED = new SplittableRandom().nextLong();

  private static final int FIRST = 64;

  /** Longs of an entry: key, count, amount. */
  private static final int ENTRY = 3;

  private static final int NONE = LongIndex.NONE;

  /** How many events are gathered. */
  private static final int BATCH = 128;

  private long[] entries = new long[ENTRY * FIRST];

  /** Rows plus one; 0 is a free slot. */
  private int[] table = new int[4 * FIRST];

  private int size;

  /** Key, count and amount of events that are not in the entries yet. */
  private final long[] pending = new long[ENTRY * BATCH];

  private int pendingSize;

  @SuppressWarnings("UnusedVariable") // a use of what was looked at, or compilers leave that out
  private long expected;

  private long events;
  private long withoutStack;
  private long truncated;
  private long shortestPeriod = Long.MAX_VALUE;

  /** Adds to the sum of a key. */
  void add(long key, long count, long amount) {
    pending[pendingSize] = key;
    pending[pendingSize + 1] = count;
    pending[pendingSize + 2] = amount;
    pendingSize += ENTRY;
    events++;
    if (pendingSize == pending.length) {
      addPending();
    }
  }

  private void addPending() {
    expect();
    for (int at = 0; at < pendingSize; at += ENTRY) {
      long key = pending[at];
      int slot = slot(key);
      int row = table[slot] - 1;
      if (row == NONE) {
        row = append(key, slot);
      }
      entries[ENTRY * row + 1] += pending[at + 1];
      entries[ENTRY * row + 2] += pending[at + 2];
    }
    pendingSize = 0;
  }

  /** Looks at the places of all pending keys, for speed only. */
  private void expect() {
    long seen = 0;
    for (int at = 0; at < pendingSize; at += ENTRY) {
      int entry = table[firstSlot(pending[at])] - 1;
      seen += entry == NONE ? 0 : entries[ENTRY * entry];
    }
    expected = seen;
  }

  /** Where the search for a key begins. */
  private int firstSlot(long key) {
    long hash = (key ^ SEED) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32) * 0xC4CEB9FE1A85EC53L;
    return (int) (hash >>> 32) & (table.length - 1);
  }

  /** Where a key is in the table, or the free slot where it belongs. */
  private int slot(long key) {
    int mask = table.length - 1;
    int slot = firstSlot(key);
    while (table[slot] != 0 && entries[ENTRY * (table[slot] - 1)] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int append(long key, int slot) {
    if (ENTRY * size == entries.length) {
      entries = Arrays.copyOf(entries, Math.multiplyExact(entries.length, 2));
    }
    entries[ENTRY * size] = key;
    table[slot] = ++size;
    if (size * 2L > table.length) {
      table = new int[Math.multiplyExact(table.length, 2)];
      for (int row = 0; row < size; row++) {
        table[slot(entries[ENTRY * row])] = row + 1;
      }
    }
    return size - 1;
  }

  /** Notes what comments tell: that an event had no stack, or a part of one. */
  void noteStack(boolean missing, boolean cut) {
    withoutStack += missing ? 1 : 0;
    truncated += cut ? 1 : 0;
  }

  /** Notes the period of an event, in nanoseconds. */
  void notePeriod(long nanos) {
    shortestPeriod = Math.min(shortestPeriod, nanos);
  }

  /** How many sums there are; what was added before is in them from now on. */
  int size() {
    addPending();
    return size;
  }

  /** The row of a key, or {@link LongIndex#NONE}. */
  int row(long key) {
    addPending();
    return table[slot(key)] - 1;
  }

  long key(int row) {
    return entries[ENTRY * row];
  }

  long count(int row) {
    return entries[ENTRY * row + 1];
  }

  long amount(int row) {
    return entries[ENTRY * row + 2];
  }

  long events() {
    return events;
  }

  long withoutStack() {
    return withoutStack;
  }

  long truncated() {
    return truncated;
  }

  /** The shortest period that was noted, 0 if none was. */
  long period() {
    return shortestPeriod == Long.MAX_VALUE ? 0 : shortestPeriod;
  }
}
