// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.ProfileBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of two values by stack and labels, in order of first appearance. */
final class SampleSums {
  private record Key(int labels, Rows rows) {}

  /** Rows that compare by content. */
  private static final class Rows {
    private final int[] rows;
    private final int hash;

    Rows(int[] rows) {
      this.rows = rows;
      hash = Arrays.hashCode(rows);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Rows that && Arrays.equals(rows, that.rows);
    }
  }

  private final Map<Key, long[]> sums = new LinkedHashMap<>();

  void add(int labels, int[] rows, long count, long amount) {
    long[] sum = sums.computeIfAbsent(new Key(labels, new Rows(rows)), added -> new long[2]);
    sum[0] += count;
    sum[1] += amount;
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** Adds the sums as samples, each amount multiplied. */
  void addTo(ProfileBuilder builder, long factor) {
    sums.forEach((key, sum) -> builder.sample(key.labels, key.rows.rows, sum[0], sum[1] * factor));
  }
}
