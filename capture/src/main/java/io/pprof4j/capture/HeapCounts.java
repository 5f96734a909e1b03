// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

/**
 * Objects and their bytes.
 *
 * @param objects how many
 * @param bytes how many together
 */
public record HeapCounts(long objects, long bytes) {
  /** Nothing. */
  public static final HeapCounts ZERO = new HeapCounts(0, 0);

  /** The sum of both. */
  public HeapCounts plus(HeapCounts other) {
    return new HeapCounts(objects + other.objects, bytes + other.bytes);
  }

  /** What is here and not in the other, at least nothing. */
  public HeapCounts minus(HeapCounts other) {
    return new HeapCounts(Math.max(0, objects - other.objects), Math.max(0, bytes - other.bytes));
  }
}
