// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

/** The numbers of frames of many stacks: 16 bits each, as long as none needs more. */
final class FrameNumbers {
  private int size;
  private char[] narrow = {};

  /** Takes the place of {@code narrow} once a number needs more bits. */
  private int[] wide = {};

  private boolean isWide;

  /** Makes room for so many numbers, none of which is set. */
  void clear(int room) {
    size = room;
    isWide = false;
    wide = new int[0];
    narrow = narrow.length < room ? new char[room + room / 8] : narrow;
  }

  int get(int at) {
    return isWide ? wide[at] : narrow[at];
  }

  void set(int at, int number) {
    if (isWide) {
      wide[at] = number;
    } else if (number <= Character.MAX_VALUE) {
      narrow[at] = (char) number;
    } else {
      widen();
      wide[at] = number;
    }
  }

  private void widen() {
    wide = new int[size];
    isWide = true;
    for (int at = 0; at < size; at++) {
      wide[at] = narrow[at];
    }
    narrow = new char[0];
  }

  /** Copies some numbers to another place. */
  void copy(int from, int to, int count) {
    if (isWide) {
      System.arraycopy(wide, from, wide, to, count);
    } else {
      System.arraycopy(narrow, from, narrow, to, count);
    }
  }

  /** Copies some numbers to the start of an array. */
  void copyTo(int from, int[] target, int count) {
    if (isWide) {
      System.arraycopy(wide, from, target, 0, count);
      return;
    }
    char[] numbers = narrow;
    for (int at = 0; at < count; at++) {
      target[at] = numbers[from + at];
    }
  }
}
