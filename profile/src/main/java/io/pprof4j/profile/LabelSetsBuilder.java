// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import io.pprof4j.profile.internal.column.RowIndex;
import java.util.Arrays;

/**
 * Collects label lists and numbers equal ones alike. Use: {@link #text} and {@link #number} for the
 * labels of one list in any order, then {@link #finish} for its row.
 */
final class LabelSetsBuilder {
  private final IntColumn first = new IntColumn();
  private final IntColumn key = new IntColumn();
  private final IntColumn text = new IntColumn();
  private final LongColumn number = new LongColumn();
  private final IntColumn unit = new IntColumn();
  private final RowIndex index = new RowIndex();

  private int pending;
  private int[] pendingKey = new int[8];
  private int[] pendingText = new int[8];
  private long[] pendingNumber = new long[8];
  private int[] pendingUnit = new int[8];

  LabelSetsBuilder() {
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
    long hash = 0;
    for (int label = 0; label < pending; label++) {
      hash =
          mix(
              hash,
              pendingKey[label],
              pendingText[label],
              pendingNumber[label],
              pendingUnit[label]);
    }
    return finish(fold(hash));
  }

  /** The same where the {@link #fold hash} of the labels is known. */
  int finish(int hash) {
    int slot = index.slot(hash);
    for (long entry = index.at(slot); entry != RowIndex.FREE; entry = index.at(slot)) {
      int row = RowIndex.row(entry);
      if (RowIndex.hash(entry) == hash && pendingEquals(row)) {
        pending = 0;
        return row;
      }
      slot = index.next(slot);
    }
    append();
    return index.add(hash, slot);
  }

  /** Prepares for lists of these hashes; for speed only. */
  void expect(IntColumn hashes) {
    index.expect(hashes);
  }

  private void append() {
    for (int label = 0; label < pending; label++) {
      key.add(pendingKey[label]);
      text.add(pendingText[label]);
      number.add(pendingNumber[label]);
      unit.add(pendingUnit[label]);
    }
    pending = 0;
    first.add(key.size());
  }

  /** Mixes one more label into the hash of a list, which begins with 0. */
  static long mix(long hash, int keyRow, int textRow, long value, int unitRow) {
    long mixed = mix(hash ^ ((long) keyRow << 32 | (textRow & 0xFFFFFFFFL)));
    return mix(mixed ^ value) + unitRow;
  }

  private static long mix(long hash) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  /** The hash of a list, of that of all its labels. */
  static int fold(long hash) {
    long mixed = mix(hash);
    return (int) (mixed ^ (mixed >>> 32));
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
