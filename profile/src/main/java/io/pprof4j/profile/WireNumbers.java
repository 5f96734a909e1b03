// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.LongColumn;
import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers for the ids of the wire, which may be any 64 bits: an id is its own number up to a
 * bound, as nearly all are; others are numbered from there on as they come.
 */
final class WireNumbers {
  /** A table by number takes 16 MB at the most for ids that are their own numbers. */
  private static final int BOUND = 1 << 22;

  private final Map<Long, Integer> numbers = new HashMap<>();
  private final LongColumn ids = new LongColumn();

  /** The number of an id, which is not negative. */
  int of(long id) {
    if (id >= 0 && id < BOUND) {
      return (int) id;
    }
    Integer number = numbers.get(id);
    if (number == null) {
      number = BOUND + ids.size();
      ids.add(id);
      numbers.put(id, number);
    }
    return number;
  }

  /** The id of a number that was given out. */
  long id(int number) {
    return number < BOUND ? number : ids.get(number - BOUND);
  }
}
