// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import java.util.Arrays;

/** A growing column of ints. */
final class IntColumn {
  private int[] values;
  private int size;

  IntColumn() {
    this(16);
  }

  IntColumn(int capacity) {
    values = new int[capacity];
  }

  int size() {
    return size;
  }

  int get(int row) {
    return values[row];
  }

  void set(int row, int value) {
    values[row] = value;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Capacity.grow(size, size + 1L));
    }
    values[size++] = value;
  }

  /** Makes room for so many values in all. */
  void reserve(int count) {
    if (count > values.length) {
      values = Arrays.copyOf(values, count);
    }
  }

  void addAll(int[] source, int from, int count) {
    if (size + (long) count > values.length) {
      values = Arrays.copyOf(values, Capacity.grow(values.length, size + (long) count));
    }
    System.arraycopy(source, from, values, size, count);
    size += count;
  }

  /** Copies {@code count} values from row {@code at} on to the start of an array. */
  void copyTo(int at, int[] out, int count) {
    System.arraycopy(values, at, out, 0, count);
  }

  void clear() {
    size = 0;
  }

  /** The values in an array of their own. */
  int[] copy() {
    return Arrays.copyOf(values, size);
  }

  /** The values, without a copy when the column is full. */
  int[] toArray() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
