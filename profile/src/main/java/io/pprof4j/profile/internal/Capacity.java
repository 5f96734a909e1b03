// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal;

/** How growing columns grow. */
public final class Capacity {
  /** The largest array that every JVM allows. */
  private static final int MAX = Integer.MAX_VALUE - 8;

  private Capacity() {}

  /**
   * The next capacity: half as much again as {@code old}, at least {@code needed}.
   *
   * @throws IllegalStateException if the column would exceed 2^31 rows
   */
  public static int grow(int old, long needed) {
    if (needed > MAX) {
      throw new IllegalStateException(
          "a table of a profile holds at most " + MAX + " rows; this one needs " + needed);
    }
    return (int) Math.min(MAX, Math.max(needed, old + (long) (old >> 1) + 16));
  }
}
