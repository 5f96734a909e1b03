// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;

/** Sums of counts and amounts by labels and stack, in order of first appearance. */
final class FormSums {
  private final LongIndex row = new LongIndex();
  private long[] keys = new long[64];
  private long[] counts = new long[64];
  private long[] amounts = new long[64];
  private int size;
  private long events;
  private long withoutStack;
  private long truncated;
  private long shortestPeriod = Long.MAX_VALUE;

  /** Adds to the sum of a key. */
  void add(long key, long count, long amount) {
    int at = row.get(key);
    if (at == LongIndex.NONE) {
      at = append(key);
    }
    counts[at] += count;
    amounts[at] += amount;
    events++;
  }

  private int append(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Math.toIntExact(size * 2L));
      counts = Arrays.copyOf(counts, keys.length);
      amounts = Arrays.copyOf(amounts, keys.length);
    }
    keys[size] = key;
    row.put(key, size);
    return size++;
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

  int size() {
    return size;
  }

  /** The row of a key, or {@link LongIndex#NONE}. */
  int row(long key) {
    return row.get(key);
  }

  long key(int at) {
    return keys[at];
  }

  long count(int at) {
    return counts[at];
  }

  long amount(int at) {
    return amounts[at];
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
