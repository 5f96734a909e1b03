// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.profiling;

import io.pprof4j.profile.Location;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import io.pprof4j.profile.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of one column of profiles, summed by the function that they belong to themselves. */
final class FlatSums {
  private static final int TOP = 5;

  private final Map<String, Long> byFunction = new HashMap<>();
  private long total;

  /** The column of that type, or -1. */
  static int column(Profile profile, String type) {
    List<ValueType> types = profile.sampleTypes();
    for (int column = 0; column < types.size(); column++) {
      if (types.get(column).type().equals(type)) {
        return column;
      }
    }
    return -1;
  }

  /** Adds a profile, or takes it away by the factor -1. */
  void add(Profile profile, int column, int factor) {
    for (Sample sample : profile.samples()) {
      long value = factor * sample.value(column);
      total += value;
      byFunction.merge(function(sample), value, Long::sum);
    }
  }

  private static String function(Sample sample) {
    List<Location> stack = sample.locations();
    if (stack.isEmpty() || stack.get(0).lines().isEmpty()) {
      return "<unknown>";
    }
    return stack.get(0).lines().get(0).function().name();
  }

  Cost perRequest(String name, String unit, long requests) {
    double each = Math.max(1, requests);
    List<Cost.Share> shares = new ArrayList<>();
    byFunction.forEach(
        (function, value) -> {
          if (value > 0) {
            shares.add(new Cost.Share(function, value / each, 100.0 * value / Math.max(1, total)));
          }
        });
    shares.sort(Comparator.comparingDouble(Cost.Share::perRequest).reversed());
    return new Cost(
        name,
        unit,
        Math.max(0, total) / each,
        List.copyOf(shares.subList(0, Math.min(TOP, shares.size()))));
  }
}
