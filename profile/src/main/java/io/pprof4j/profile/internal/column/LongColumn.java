// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.column;

import io.pprof4j.profile.internal.Capacity;
import java.util.Arrays;

/** A growing column of longs. */
public final class LongColumn {
  private long[] values = new long[16];
  private int size;

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** The number of a row. */
  public long get(int row) {
    return values[row];
  }

  /** Changes the number of a row. */
  public void set(int row, long value) {
    values[row] = value;
  }

  /** Adds a row. */
  public void add(long value) {
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
  public void addAll(long[] source, int from, int count) {
    if (size + (long) count > values.length) {
      values = Arrays.copyOf(values, Capacity.grow(values.length, size + (long) count));
    }
    System.arraycopy(source, from, values, size, count);
    size += count;
  }

  /** Removes all rows. */
  public void clear() {
    size = 0;
  }

  /** Whether {@code count} values from row {@code at} equal those of {@code other} from 0. */
  public boolean matches(int at, long[] other, int count) {
    // By hand, since what is compared is a few numbers, mostly three.
    for (int done = 0; done < count; done++) {
      if (values[at + done] != other[done]) {
        return false;
      }
    }
    return true;
  }

  /** The values in an array of their own. */
  public long[] copy() {
    return Arrays.copyOf(values, size);
  }

  /** The numbers of all rows. */
  public long[] toArray() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
