// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static java.util.Objects.requireNonNull;

import io.pprof4j.capture.internal.CodeTable;
import io.pprof4j.profile.JvmMethod;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the distinct frames of all stacks, so that stacks are rows of numbers: 30,000 stacks have
 * a million frames, of which few hundred are distinct.
 */
final class FrameTable {
  /** The number of the frame that stands for a missing stack. */
  static final int NO_STACK = 0;

  private final LongNumbers numbers = new LongNumbers();

  /** Read by who was given a number; volatile, since it is replaced meanwhile when it grows. */
  private volatile @Nullable JavaFrame[] frames = new JavaFrame[512];

  FrameTable() {
    set(numbers.number(-1), new JavaFrame(new JvmMethod("", "no Java stack", "", "", 0, ""), 0));
  }

  private void set(int number, JavaFrame frame) {
    if (number >= frames.length) {
      frames = Arrays.copyOf(frames, number * 2);
    }
    frames[number] = frame;
  }

  /** A frame by its number. */
  JavaFrame frame(int number) {
    return requireNonNull(frames[number]);
  }

  /** The number of a line of a method; {@code code} is asked when it is new. */
  int number(int method, int line, CodeTable code) {
    int number = numbers.number((long) method << 32 | line);
    if (number >= frames.length || frames[number] == null) {
      set(number, new JavaFrame(code.method(method), line));
    }
    return number;
  }
}
