// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import org.jspecify.annotations.Nullable;

/**
 * The distinct stacks of a profile as flat rows of location rows, leaf first as on the wire.
 *
 * <p>Two samples have the same stack row exactly when their location lists are equal, so what
 * depends on the stack only is computed once per row.
 */
public final class Stacks {
  /** Locations of stack s are at first[s] .. first[s + 1] - 1 of the frames. */
  private final int[] first;

  private final FrameColumn frames;

  /**
   * The location row of each number in {@code frames}, if these are not rows themselves. Looking
   * rows up as they are asked for saves a pass over all frames.
   */
  private final int @Nullable [] rows;

  private final int maxDepth;

  Stacks(int[] first, FrameColumn frames) {
    this(first, frames, null);
  }

  Stacks(int[] first, FrameColumn frames, int @Nullable [] rows) {
    this.first = first;
    this.frames = frames;
    this.rows = rows;
    int max = 0;
    for (int stack = 0; stack < size(); stack++) {
      max = Math.max(max, depth(stack));
    }
    maxDepth = max;
  }

  /** One stack, which has no frames. */
  static Stacks empty() {
    return new Stacks(new int[2], new FrameColumn());
  }

  /** How many distinct stacks there are. */
  public int size() {
    return first.length - 1;
  }

  /** The depth of the deepest stack. */
  public int maxDepth() {
    return maxDepth;
  }

  /** How many locations all stacks have together. */
  public int frames() {
    return first[size()];
  }

  /** How many locations a stack has. */
  public int depth(int stack) {
    return first[stack + 1] - first[stack];
  }

  /** Location row at a depth; 0 is the leaf. */
  public int location(int stack, int depth) {
    int number = frames.get(first[stack] + depth);
    return rows == null ? number : rows[number];
  }

  /**
   * Copies the location rows of a stack, leaf first, to the start of an array: the fast way to walk
   * many stacks.
   *
   * @param target has room for {@link #depth} rows
   * @return the stack's depth
   */
  public int locations(int stack, int[] target) {
    return copyFrom(stack, 0, target, 0);
  }

  /** Copies the locations of a stack from a depth on; returns how many there are. */
  int copyFrom(int stack, int depth, int[] out, int at) {
    int count = depth(stack) - depth;
    frames.copy(first[stack] + depth, out, at, count, rows);
    return count;
  }
}
