// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The frames of all stacks, one after the other: by far the longest column of a profile. */
final class FrameColumn {
  /*
   * The column is a list of chunks, so that it grows without being copied, and it holds 16 bits a
   * frame as long as all numbers fit, which they do in nearly all programs. Both together take a
   * profile of 42 million frames from 480 MB while it is read to 85 MB.
   */
  private static final int SHIFT = 16;
  private static final int CHUNK = 1 << SHIFT;
  private static final int MASK = CHUNK - 1;

  private char[][] narrow = new char[16][];

  /** Takes the place of {@code narrow} once a number is negative or needs more bits. */
  private int[][] wide = new int[0][];

  private boolean isWide;
  private int size;

  int size() {
    return size;
  }

  int get(int at) {
    return isWide ? wide[at >>> SHIFT][at & MASK] : narrow[at >>> SHIFT][at & MASK];
  }

  /** Appends the first {@code count} values. */
  void addAll(int[] values, int count) {
    if (size + (long) count > Integer.MAX_VALUE - CHUNK) {
      throw new IllegalStateException(
          "the stacks of a profile hold at most 2^31 frames; these need more");
    }
    for (int at = 0; at < count; at++) {
      add(values[at]);
    }
  }

  private void add(int value) {
    if (!isWide && value >>> 16 != 0) {
      widen();
    }
    int chunk = size >>> SHIFT;
    if ((size & MASK) == 0) {
      addChunk(chunk);
    }
    if (isWide) {
      wide[chunk][size & MASK] = value;
    } else {
      narrow[chunk][size & MASK] = (char) value;
    }
    size++;
  }

  private void addChunk(int chunk) {
    if (isWide) {
      wide = chunk == wide.length ? Arrays.copyOf(wide, Capacity.grow(chunk, chunk + 1L)) : wide;
      wide[chunk] = new int[CHUNK];
    } else {
      narrow =
          chunk == narrow.length ? Arrays.copyOf(narrow, Capacity.grow(chunk, chunk + 1L)) : narrow;
      narrow[chunk] = new char[CHUNK];
    }
  }

  private void widen() {
    wide = new int[narrow.length][];
    int chunks = (size + MASK) >>> SHIFT;
    for (int chunk = 0; chunk < chunks; chunk++) {
      int[] copy = new int[CHUNK];
      for (int at = 0; at < CHUNK; at++) {
        copy[at] = narrow[chunk][at];
      }
      wide[chunk] = copy;
      narrow[chunk] = new char[0];
    }
    isWide = true;
  }

  /** Replaces every value. */
  void map(IntUnaryOperator change) {
    for (int at = 0; at < size; at++) {
      int value = change.applyAsInt(get(at));
      if (!isWide && value >>> 16 != 0) {
        widen();
      }
      if (isWide) {
        wide[at >>> SHIFT][at & MASK] = value;
      } else {
        narrow[at >>> SHIFT][at & MASK] = (char) value;
      }
    }
  }

  /** Copies {@code count} values from {@code from} on. */
  void copy(int from, int[] out, int to, int count) {
    for (int at = 0; at < count; at++) {
      out[to + at] = get(from + at);
    }
  }

  /** Whether {@code count} values from {@code from} on equal the first ones of an array. */
  boolean matches(int from, int[] values, int count) {
    for (int at = 0; at < count; at++) {
      if (get(from + at) != values[at]) {
        return false;
      }
    }
    return true;
  }
}
