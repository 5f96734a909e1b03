// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.CodeTable;
import io.pprof4j.profile.JvmMethod;
import java.util.Arrays;

/**
 * Numbers the distinct frames of a snapshot, so that stacks are rows of numbers.
 *
 * <p>A snapshot of 30,000 stacks has a million frames, of which few hundred are distinct. Hence no
 * object per frame: an open hash table from (method, line) to the number.
 */
final class FrameTable {
  /** The number of the frame that stands for a missing stack. */
  static final int NO_STACK = 0;

  private static final long FREE = -1;

  private long[] keys = new long[1024];
  private int[] numbers = new int[1024];
  private JavaFrame[] frames = new JavaFrame[512];
  private int size;

  FrameTable() {
    Arrays.fill(keys, FREE);
    add(new JavaFrame(new JvmMethod("", "no Java stack", "", "", 0, ""), 0));
  }

  private int add(JavaFrame frame) {
    if (size == frames.length) {
      frames = Arrays.copyOf(frames, size * 2);
    }
    frames[size] = frame;
    return size++;
  }

  /** How many frames there are. */
  int size() {
    return size;
  }

  /** A frame by its number. */
  JavaFrame frame(int number) {
    return frames[number];
  }

  /** The number of a line of a method; {@code code} is asked when it is new. */
  int number(int method, int line, CodeTable code) {
    long key = (long) method << 32 | line;
    int slot = slot(key);
    if (keys[slot] == FREE) {
      if (size * 2 >= keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      numbers[slot] = add(new JavaFrame(code.method(method), line));
    }
    return numbers[slot];
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 40) & (keys.length - 1);
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = new int[keys.length];
    Arrays.fill(keys, FREE);
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != FREE) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        numbers[slot] = oldNumbers[old];
      }
    }
  }
}
