// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Arrays;

/**
 * Which native memory was not given back: of each address the last allocation, unless it was freed
 * afterwards. Events may come in any order, as threads write them in blocks. Takes memory by the
 * number of distinct addresses.
 */
final class NativeMemory {
  private static final long NEVER = Long.MIN_VALUE;

  private final LongIndex rowOfAddress = new LongIndex();
  private long[] allocated = new long[64];
  private long[] freed = new long[64];
  private long[] keys = new long[64];
  private long[] sizes = new long[64];
  private int size;
  private boolean anyFreed;

  /**
   * Notes an allocation.
   *
   * @param time in nanoseconds
   * @param key labels and stack
   * @param bytes its size
   */
  void allocate(long address, long time, long key, long bytes) {
    int at = row(address);
    if (time >= allocated[at]) {
      allocated[at] = time;
      keys[at] = key;
      sizes[at] = bytes;
    }
  }

  /** Notes that what is at an address was given back. */
  void free(long address, long time) {
    anyFreed = true;
    int at = row(address);
    freed[at] = Math.max(freed[at], time);
  }

  private int row(long address) {
    int at = rowOfAddress.number(address);
    if (at == size) {
      if (size == keys.length) {
        int larger = Math.multiplyExact(size, 2);
        allocated = Arrays.copyOf(allocated, larger);
        freed = Arrays.copyOf(freed, larger);
        keys = Arrays.copyOf(keys, larger);
        sizes = Arrays.copyOf(sizes, larger);
      }
      allocated[at] = NEVER;
      freed[at] = NEVER;
      size++;
    }
    return at;
  }

  /**
   * Adds what was not given back. Nothing if no memory was: then the recording does not tell, or
   * all that was allocated is also all that is left.
   */
  void addTo(FormSums live) {
    for (int at = 0; anyFreed && at < size; at++) {
      // Equal times are those of realloc, which frees the old and allocates the new.
      if (allocated[at] != NEVER && allocated[at] >= freed[at]) {
        live.add(keys[at], 1, sizes[at]);
      }
    }
  }
}
