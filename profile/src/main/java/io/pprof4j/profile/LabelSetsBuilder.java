// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;

/**
 * Collects label lists and numbers equal ones alike. Use: {@link #text} and {@link #number} for the
 * labels of one list in any order, then {@link #finish} for its row.
 */
final class LabelSetsBuilder {
  private static final int EMPTY = -1;

  private final IntColumn first = new IntColumn();
  private final IntColumn key = new IntColumn();
  private final IntColumn text = new IntColumn();
  private final LongColumn number = new LongColumn();
  private final IntColumn unit = new IntColumn();
  private final IntColumn hashes = new IntColumn();
  private int[] table = new int[256];

  private int pending;
  private int[] pendingKey = new int[8];
  private int[] pendingText = new int[8];
  private long[] pendingNumber = new long[8];
  private int[] pendingUnit = new int[8];

  LabelSetsBuilder() {
    Arrays.fill(table, EMPTY);
    first.add(0);
    finish();
  }

  int size() {
    return first.size() - 1;
  }

  void text(int keyRow, int textRow) {
    pend(keyRow, textRow, 0, 0);
  }

  void number(int keyRow, long value, int unitRow) {
    pend(keyRow, LabelSets.NUMBER, value, unitRow);
  }

  /** Adds the label at index {@code label} of the columns of {@code sets}, under equal rows. */
  void copy(LabelSets sets, int label) {
    pend(sets.key[label], sets.text[label], sets.number[label], sets.unit[label]);
  }

  /** Adds a label of a batch; its rows are those of the wire. */
  void copy(SampleBatch batch, int label) {
    pend(
        batch.labelKey.get(label),
        batch.labelText.get(label),
        batch.labelNumber.get(label),
        batch.labelUnit.get(label));
  }

  private void pend(int keyRow, int textRow, long value, int unitRow) {
    if (pending == pendingKey.length) {
      int capacity = pending * 2;
      pendingKey = Arrays.copyOf(pendingKey, capacity);
      pendingText = Arrays.copyOf(pendingText, capacity);
      pendingNumber = Arrays.copyOf(pendingNumber, capacity);
      pendingUnit = Arrays.copyOf(pendingUnit, capacity);
    }
    pendingKey[pending] = keyRow;
    pendingText[pending] = textRow;
    pendingNumber[pending] = value;
    pendingUnit[pending++] = unitRow;
  }

  /** The row of the list of the labels given since the last call. */
  int finish() {
    int hash = hash();
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != EMPTY) {
      int row = table[slot];
      if (hashes.get(row) == hash && pendingEquals(row)) {
        pending = 0;
        return row;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = size();
    return append(hash);
  }

  private int append(int hash) {
    for (int label = 0; label < pending; label++) {
      key.add(pendingKey[label]);
      text.add(pendingText[label]);
      number.add(pendingNumber[label]);
      unit.add(pendingUnit[label]);
    }
    pending = 0;
    first.add(key.size());
    hashes.add(hash);
    if (size() * 2L > table.length) {
      rehash();
    }
    return size() - 1;
  }

  private int hash() {
    long hash = pending;
    for (int label = 0; label < pending; label++) {
      hash = mix(hash ^ pendingKey[label]);
      hash = mix(hash ^ pendingText[label]);
      hash = mix(hash ^ pendingNumber[label]);
      hash = mix(hash ^ pendingUnit[label]);
    }
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long hash) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private boolean pendingEquals(int row) {
    int from = first.get(row);
    if (first.get(row + 1) - from != pending) {
      return false;
    }
    for (int label = 0; label < pending; label++) {
      if (key.get(from + label) != pendingKey[label]
          || text.get(from + label) != pendingText[label]
          || number.get(from + label) != pendingNumber[label]
          || unit.get(from + label) != pendingUnit[label]) {
        return false;
      }
    }
    return true;
  }

  private void rehash() {
    table = new int[Math.toIntExact(table.length * 2L)];
    Arrays.fill(table, EMPTY);
    int mask = table.length - 1;
    for (int row = 0; row < size(); row++) {
      int slot = hashes.get(row) & mask;
      while (table[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      table[slot] = row;
    }
  }

  /** Puts each list into its canonical order, now that the strings are known; the builder stays. */
  LabelSets build(Strings strings) {
    LabelSets sets =
        new LabelSets(strings, first.copy(), key.copy(), text.copy(), number.copy(), unit.copy());
    for (int set = 0; set < sets.size(); set++) {
      sort(sets, set);
    }
    return sets;
  }

  /** Insertion sort: stable, and lists are short or already sorted. */
  private static void sort(LabelSets sets, int set) {
    for (int at = sets.first[set] + 1; at < sets.first[set + 1]; at++) {
      for (int to = at; to > sets.first[set] && compare(sets, to - 1, to) > 0; to--) {
        swap(sets, to - 1, to);
      }
    }
  }

  private static int compare(LabelSets sets, int a, int b) {
    boolean aNumber = sets.text[a] == LabelSets.NUMBER;
    boolean bNumber = sets.text[b] == LabelSets.NUMBER;
    if (aNumber != bNumber) {
      return aNumber ? 1 : -1;
    }
    return sets.key[a] == sets.key[b] ? 0 : sets.strings.compare(sets.key[a], sets.key[b]);
  }

  private static void swap(LabelSets sets, int a, int b) {
    swap(sets.key, a, b);
    swap(sets.text, a, b);
    swap(sets.unit, a, b);
    long number = sets.number[a];
    sets.number[a] = sets.number[b];
    sets.number[b] = number;
  }

  private static void swap(int[] column, int a, int b) {
    int value = column[a];
    column[a] = column[b];
    column[b] = value;
  }
}
