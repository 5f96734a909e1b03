// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** Whether a value needs more than 16 bits, so that all take 32. */
  boolean isWide() {
    return isWide;
  }

  int get(int at) {
    return isWide ? wide[at >>> SHIFT][at & MASK] : narrow[at >>> SHIFT][at & MASK];
  }

  /** Appends the first {@code count} values. */
  void addAll(int[] values, int count) {
    checkRoom(count);
    int bits = 0;
    for (int at = 0; at < count; at++) {
      bits |= values[at];
    }
    if (!isWide && bits >>> 16 != 0) {
      widen();
    }
    for (int from = 0; from < count; ) {
      openChunk();
      int part = Math.min(count - from, CHUNK - (size & MASK));
      copyIn(values, from, part);
      size += part;
      from += part;
    }
  }

  /** Appends values while there are no wide ones. */
  void addAll(char[] values, int start, int count) {
    checkRoom(count);
    for (int from = 0; from < count; ) {
      openChunk();
      int part = Math.min(count - from, CHUNK - (size & MASK));
      System.arraycopy(values, start + from, narrow[size >>> SHIFT], size & MASK, part);
      size += part;
      from += part;
    }
  }

  private void checkRoom(int count) {
    if (size + (long) count > Integer.MAX_VALUE - CHUNK) {
      throw new IllegalStateException(
          "the stacks of a profile hold at most 2^31 frames; these need more");
    }
  }

  /** Makes sure that the next value has a chunk to go to. */
  private void openChunk() {
    if ((size & MASK) != 0) {
      return;
    }
    int chunk = size >>> SHIFT;
    if (isWide) {
      wide = chunk == wide.length ? Arrays.copyOf(wide, Capacity.grow(chunk, chunk + 1L)) : wide;
      wide[chunk] = new int[CHUNK];
    } else {
      narrow =
          chunk == narrow.length ? Arrays.copyOf(narrow, Capacity.grow(chunk, chunk + 1L)) : narrow;
      narrow[chunk] = new char[CHUNK];
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

  private void widen() {
    wide = new int[narrow.length][];
    for (int chunk = 0; chunk < chunks(); chunk++) {
      int[] copy = new int[CHUNK];
      for (int at = 0; at < CHUNK; at++) {
        copy[at] = narrow[chunk][at];
      }
      wide[chunk] = copy;
    }
    narrow = new char[0][];
    isWide = true;
  }

  private int chunks() {
    return (size + MASK) >>> SHIFT;
  }

  /**
   * Copies {@code count} values from {@code from} on.
   *
   * @param table what to copy in place of each value, if given
   */
  void copy(int from, int[] out, int to, int count, int @Nullable [] table) {
    int done = 0;
    while (done < count) {
      int at = (from + done) & MASK;
      int part = Math.min(count - done, CHUNK - at);
      int chunk = (from + done) >>> SHIFT;
      if (!isWide) {
        copyOut(narrow[chunk], at, out, to + done, part, table);
      } else if (table == null) {
        System.arraycopy(wide[chunk], at, out, to + done, part);
      } else {
        lookUp(wide[chunk], at, out, to + done, part, table);
      }
      done += part;
    }
  }

  private static void copyOut(
      char[] chunk, int from, int[] out, int to, int count, int @Nullable [] table) {
    if (table == null) {
      for (int at = 0; at < count; at++) {
        out[to + at] = chunk[from + at];
      }
    } else {
      for (int at = 0; at < count; at++) {
        out[to + at] = table[chunk[from + at]];
      }
    }
  }

  private static void lookUp(int[] chunk, int from, int[] out, int to, int count, int[] table) {
    for (int at = 0; at < count; at++) {
      out[to + at] = table[chunk[from + at]];
    }
  }

  /** The values so far. Chunks are shared, which is right as long as values are only added. */
  FrameColumn copy() {
    FrameColumn copy = new FrameColumn();
    copy.narrow = narrow.clone();
    copy.wide = wide.clone();
    copy.isWide = isWide;
    copy.size = size;
    return copy;
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

  /** Whether {@code count} values from {@code from} on equal some of an array, if none is wide. */
  boolean matches(int from, char[] values, int start, int count) {
    for (int done = 0; done < count; ) {
      int at = (from + done) & MASK;
      int part = Math.min(count - done, CHUNK - at);
      char[] chunk = narrow[(from + done) >>> SHIFT];
      int other = start + done;
      if (!Arrays.equals(chunk, at, at + part, values, other, other + part)) {
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
