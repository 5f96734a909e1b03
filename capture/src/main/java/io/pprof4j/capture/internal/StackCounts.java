// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Sums of values by stack and labels. Not safe for use by several threads. */
public final class StackCounts {
  private final ValueType[] types;
  private final Map<StackKey, long[]> sums = new HashMap<>();

  /** Empty sums of the given values. */
  public StackCounts(ValueType... types) {
    this.types = types.clone();
  }

  /** Adds one value per type. */
  public void add(StackKey stack, long... values) {
    long[] sum = sums.computeIfAbsent(stack, added -> new long[types.length]);
    for (int type = 0; type < types.length; type++) {
      sum[type] += values[type];
    }
  }

  /**
   * Adds one value per type, unless the stack is a new one beyond so many.
   *
   * @return whether they were added
   */
  public boolean addWithin(int most, StackKey stack, long... values) {
    boolean fits = sums.size() < most || sums.containsKey(stack);
    if (fits) {
      add(stack, values);
    }
    return fits;
  }

  /** A copy of these sums. */
  public StackCounts copy() {
    return minus(new StackCounts(types));
  }

  /** These sums minus others; where nothing is left, nothing is kept. */
  public StackCounts minus(StackCounts other) {
    StackCounts difference = new StackCounts(types);
    sums.forEach(difference::add);
    other.sums.forEach((stack, values) -> difference.add(stack, negated(values)));
    difference.sums.values().removeIf(sum -> Arrays.stream(sum).allMatch(value -> value == 0));
    return difference;
  }

  /** How many stacks there are. */
  public int size() {
    return sums.size();
  }

  /** The sums as a profile. */
  public Profile toProfile(UnaryOperator<ProfileHeader> header) {
    StackProfile profile = new StackProfile(types);
    sums.forEach(profile::add);
    return profile.build(header);
  }

  private static long[] negated(long[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }
}
