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

  /** What {@link #map} puts where there is no number. */
  static final int NONE = -1;

  /** The same within 16 bits. */
  private static final char NARROW_NONE = 0xFFFF;

  private char[][] narrow = new char[16][];

  /** Takes the place of {@code narrow} once a number is negative or needs more bits. */
  private int[][] wide = new int[0][];

  private boolean isWide;

  /** All bits that any value has. */
  private int usedBits;

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
    int bits = 0;
    for (int at = 0; at < count; at++) {
      bits |= values[at];
    }
    if (!isWide && bits >>> 16 != 0) {
      widen();
    }
    usedBits |= bits;
    for (int from = 0; from < count; ) {
      if ((size & MASK) == 0) {
        addChunk(size >>> SHIFT);
      }
      int part = Math.min(count - from, CHUNK - (size & MASK));
      copyIn(values, from, part);
      size += part;
      from += part;
    }
  }

  /** Appends a part that fits into the last chunk. */
  private void copyIn(int[] values, int from, int count) {
    int to = size & MASK;
    if (isWide) {
      System.arraycopy(values, from, wide[size >>> SHIFT], to, count);
      return;
    }
    char[] chunk = narrow[size >>> SHIFT];
    for (int at = 0; at < count; at++) {
      chunk[to + at] = (char) values[from + at];
    }
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
    for (int chunk = 0; chunk < chunks(); chunk++) {
      int[] copy = new int[CHUNK];
      for (int at = 0; at < CHUNK; at++) {
        copy[at] = narrow[chunk][at];
      }
      wide[chunk] = copy;
      narrow[chunk] = new char[0];
    }
    isWide = true;
  }

  /**
   * Replaces every value.
   *
   * @param change gives a number that is not negative, or {@link #NONE}; it may be asked for what
   *     occurs nowhere
   * @return whether it gave NONE for a value that occurs
   */
  boolean map(IntUnaryOperator change) {
    if (!isWide) {
      int[] changed = new int[Math.max(1, Integer.highestOneBit(usedBits) * 2)];
      int largest = 0;
      for (int number = 0; number < changed.length; number++) {
        changed[number] = change.applyAsInt(number);
        largest = Math.max(largest, changed[number]);
      }
      if (largest < NARROW_NONE) {
        return mapNarrow(changed);
      }
      widen();
    }
    return mapWide(change);
  }

  private boolean mapNarrow(int[] changed) {
    char[] table = new char[changed.length];
    for (int at = 0; at < table.length; at++) {
      table[at] = (char) changed[at];
    }
    boolean none = false;
    for (int chunk = 0; chunk < chunks(); chunk++) {
      none |= lookUp(narrow[chunk], length(chunk), table);
    }
    if (none) {
      widen();
      mapWide(number -> number == NARROW_NONE ? NONE : number);
    }
    return none;
  }

  private static boolean lookUp(char[] numbers, int count, char[] table) {
    boolean none = false;
    for (int at = 0; at < count; at++) {
      char number = table[numbers[at]];
      numbers[at] = number;
      none |= number == NARROW_NONE;
    }
    return none;
  }

  private boolean mapWide(IntUnaryOperator change) {
    int bits = 0;
    for (int chunk = 0; chunk < chunks(); chunk++) {
      int[] numbers = wide[chunk];
      for (int at = 0; at < length(chunk); at++) {
        numbers[at] = change.applyAsInt(numbers[at]);
        bits |= numbers[at];
      }
    }
    return bits < 0;
  }

  private int chunks() {
    return (size + MASK) >>> SHIFT;
  }

  /** How many values a chunk has. */
  private int length(int chunk) {
    return Math.min(CHUNK, size - (chunk << SHIFT));
  }

  /** Copies {@code count} values from {@code from} on. */
  void copy(int from, int[] out, int to, int count) {
    int done = 0;
    while (done < count) {
      int at = (from + done) & MASK;
      int part = Math.min(count - done, CHUNK - at);
      int chunk = (from + done) >>> SHIFT;
      if (isWide) {
        System.arraycopy(wide[chunk], at, out, to + done, part);
      } else {
        copyOut(narrow[chunk], at, out, to + done, part);
      }
      done += part;
    }
  }

  private static void copyOut(char[] chunk, int from, int[] out, int to, int count) {
    for (int at = 0; at < count; at++) {
      out[to + at] = chunk[from + at];
    }
  }

  /** Whether {@code count} values from {@code from} on equal the first ones of an array. */
  boolean matches(int from, int[] values, int count) {
    for (int done = 0; done < count; ) {
      int at = (from + done) & MASK;
      int part = Math.min(count - done, CHUNK - at);
      int chunk = (from + done) >>> SHIFT;
      boolean same =
          isWide
              ? Arrays.equals(wide[chunk], at, at + part, values, done, done + part)
              : matches(narrow[chunk], at, values, done, part);
      if (!same) {
        return false;
      }
      done += part;
    }
    return true;
  }

  private static boolean matches(char[] chunk, int from, int[] values, int at, int count) {
    for (int done = 0; done < count; done++) {
      if (chunk[from + done] != values[at + done]) {
        return false;
      }
    }
    return true;
  }
}
