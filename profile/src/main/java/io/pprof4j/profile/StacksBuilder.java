// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;

/** Collects stacks and numbers equal ones alike. */
final class StacksBuilder {
  private static final int EMPTY = -1;

  private final IntColumn first = new IntColumn();
  private final FrameColumn location = new FrameColumn();
  private final IntColumn hashes = new IntColumn();
  private int[] table = new int[1024];

  StacksBuilder() {
    first.add(0);
    Arrays.fill(table, EMPTY);
  }

  int size() {
    return first.size() - 1;
  }

  /** The row of the stack that is the first {@code depth} values of {@code locations}. */
  int intern(int[] locations, int depth) {
    int hash = hash(locations, depth);
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != EMPTY) {
      int row = table[slot];
      if (hashes.get(row) == hash
          && first.get(row + 1) - first.get(row) == depth
          && location.matches(first.get(row), locations, depth)) {
        return row;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = size();
    return append(locations, depth, hash);
  }

  private int append(int[] locations, int depth, int hash) {
    location.addAll(locations, depth);
    first.add(location.size());
    hashes.add(hash);
    if (size() * 2L > table.length) {
      rehash();
    }
    return size() - 1;
  }

  /** Two locations at a time, as the time goes into waiting for the multiplication before. */
  private static int hash(int[] locations, int depth) {
    long hash = depth;
    for (int at = 1; at < depth; at += 2) {
      hash = mix(hash ^ ((long) locations[at] << 32 | (locations[at - 1] & 0xFFFFFFFFL)));
    }
    if ((depth & 1) != 0) {
      hash = mix(hash ^ locations[depth - 1]);
    }
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long hash) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private void rehash() {
    table = new int[Math.toIntExact(table.length * 2L)];
    Arrays.fill(table, EMPTY);
    int mask = table.length - 1;
    for (int row = 0; row < size(); row++) {
      int slot = hashes.get(row) & mask;
      while (table[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      table[slot] = row;
    }
  }

  /**
   * Replaces every location; stacks must not be added afterwards.
   *
   * @param change gives a number that is not negative, or {@link FrameColumn#NONE}
   * @return whether it gave NONE for a location
   */
  boolean map(java.util.function.IntUnaryOperator change) {
    return location.map(change);
  }

  /** The stacks as they are; the builder must not be used afterwards. */
  Stacks build() {
    return new Stacks(first.toArray(), location);
  }
}
