// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/**
 * The distinct stacks of a profile as flat rows of location rows, leaf first as on the wire.
 *
 * <p>Two samples have the same stack row exactly when their location lists are equal, so what
 * depends on the stack only is computed once per row.
 */
public final class Stacks {
  /** Locations of stack s are location[first[s]] .. location[first[s + 1] - 1]. */
  final int[] first;

  final int[] location;

  Stacks(int[] first, int[] location) {
    this.first = first;
    this.location = location;
  }

  /** How many distinct stacks there are. */
  public int size() {
    return first.length - 1;
  }

  /** The depth of the deepest stack. */
  public int maxDepth() {
    int max = 0;
    for (int stack = 0; stack < size(); stack++) {
      max = Math.max(max, depth(stack));
    }
    return max;
  }

  /** How many locations a stack has. */
  public int depth(int stack) {
    return first[stack + 1] - first[stack];
  }

  /** Location row at a depth; 0 is the leaf. */
  public int location(int stack, int depth) {
    return location[first[stack] + depth];
  }
}
