// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.column;

import io.pprof4j.profile.internal.Capacity;
import java.util.Arrays;

/** A growing column of ints. */
public final class IntColumn {
  private int[] values;
  private int size;

  /** An empty column. */
  public IntColumn() {
    this(16);
  }

  /** An empty column with room for so many rows. */
  public IntColumn(int capacity) {
    values = new int[capacity];
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** The number of a row. */
  public int get(int row) {
    return values[row];
  }

  /** Changes the number of a row. */
  public void set(int row, int value) {
    values[row] = value;
  }

  /** Adds a row. */
  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Capacity.grow(size, size + 1L));
    }
    values[size++] = value;
  }

  /** Makes room for so many values in all. */
  public void reserve(int count) {
    if (count > values.length) {
      values = Arrays.copyOf(values, count);
    }
  }

  /** Adds rows. */
  public void addAll(int[] source, int from, int count) {
    if (size + (long) count > values.length) {
      values = Arrays.copyOf(values, Capacity.grow(values.length, size + (long) count));
    }
    System.arraycopy(source, from, values, size, count);
    size += count;
  }

  /** Copies {@code count} values from row {@code at} on to the start of an array. */
  public void copyTo(int at, int[] out, int count) {
    System.arraycopy(values, at, out, 0, count);
  }

  /** Removes all rows. */
  public void clear() {
    size = 0;
  }

  /** The values in an array of their own. */
  public int[] copy() {
    return Arrays.copyOf(values, size);
  }

  /** The values, without a copy when the column is full. */
  public int[] toArray() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
