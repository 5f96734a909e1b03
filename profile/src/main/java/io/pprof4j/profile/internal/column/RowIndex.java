// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.column;

/**
 * Finds rows of a table by hash: open addressing over entries, which are hashes and row numbers.
 * The table itself, and so what makes rows equal, stays with the owner:
 *
 * <pre>{@code
 * int slot = index.slot(hash);
 * for (long entry = index.at(slot); entry != RowIndex.FREE; entry = index.at(slot)) {
 *   if (RowIndex.hash(entry) == hash && isEqual(RowIndex.row(entry))) {
 *     return RowIndex.row(entry);
 *   }
 *   slot = index.next(slot);
 * }
 * return index.add(hash, slot);
 * }</pre>
 */
public final class RowIndex {
  /** What is in a slot that has no row. */
  public static final long FREE = 0;

  /**
   * The hash in the upper half and the row plus one in the lower, so that it takes one wait for
   * memory to find that a row is new.
   */
  private long[] table = new long[64];

  private int size;

  @SuppressWarnings("UnusedVariable") // a use of what was looked at, or compilers leave that out
  private long expected;

  /** How many rows are in it. */
  public int size() {
    return size;
  }

  /** The hash of an entry. */
  public static int hash(long entry) {
    return (int) (entry >>> 32);
  }

  /** The row of an entry. */
  public static int row(long entry) {
    return (int) entry - 1;
  }

  /** Where the search for a hash begins. Its lower bits must be mixed well. */
  public int slot(int hash) {
    return hash & (table.length - 1);
  }

  /** The entry of a slot. */
  public long at(int slot) {
    return table[slot];
  }

  /** The slot to look at next. */
  public int next(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  /** Adds the next row at the free slot that a search ended in, and returns it. */
  public int add(int hash, int slot) {
    table[slot] = (long) hash << 32 | ++size;
    if (size > table.length - (table.length >> 2)) {
      rehash();
    }
    return size - 1;
  }

  /** Adds the next row, which no search will find, and returns it. */
  public int skip() {
    return size++;
  }

  /**
   * Looks at where these hashes will be looked for, all at once: each one by itself waits for
   * memory, which is half the time of finding that a row is new.
   */
  public void expect(IntColumn hashes) {
    long seen = 0;
    for (int at = 0; at < hashes.size(); at++) {
      seen |= table[slot(hashes.get(at))];
    }
    expected = seen;
  }

  /** A hash with one more value in it. */
  public static int mix(int hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return (int) (mixed ^ (mixed >>> 32));
  }

  private void rehash() {
    long[] entries = table;
    table = new long[Math.toIntExact(entries.length * 2L)];
    for (long entry : entries) {
      if (entry != FREE) {
        int slot = slot(hash(entry));
        while (table[slot] != FREE) {
          slot = next(slot);
        }
        table[slot] = entry;
      }
    }
  }
}
