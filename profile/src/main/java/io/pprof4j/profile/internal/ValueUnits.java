// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Units that convert into each other: memory, time, and GCU (Google compute units), under the names
 * and aliases that pprof knows.
 */
public final class ValueUnits {
  private static final List<Map<String, Double>> FAMILIES = List.of(memory(), time(), compute());

  private ValueUnits() {}

  private static Map<String, Double> memory() {
    String[] prefixes = {"", "k", "m", "g", "t", "p"};
    String[] names = {"", "kilo", "mega", "giga", "tera", "peta"};
    Map<String, Double> family = new HashMap<>();
    for (int power = 0; power < prefixes.length; power++) {
      double factor = (double) (1L << (10 * power));
      family.put(prefixes[power] + "b", factor);
      family.put(prefixes[power] + "byte", factor);
      family.put(names[power] + "byte", factor);
    }
    return family;
  }

  private static Map<String, Double> time() {
    Map<String, Double> family = new HashMap<>();
    family.put("ns", 1.0);
    family.put("nanosecond", 1.0);
    family.put("\u03bcs", 1e3);
    family.put("us", 1e3);
    family.put("microsecond", 1e3);
    family.put("ms", 1e6);
    family.put("millisecond", 1e6);
    family.put("s", 1e9);
    family.put("sec", 1e9);
    family.put("second", 1e9);
    family.put("hour", 3600e9);
    family.put("hr", 3600e9);
    return family;
  }

  private static Map<String, Double> compute() {
    String[] names = {"nano", "micro", "milli", "", "kilo", "mega", "giga", "tera", "peta"};
    double[] factors = {1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9, 1e12, 1e15};
    Map<String, Double> family = new HashMap<>();
    for (int at = 0; at < names.length; at++) {
      family.put(names[at] + "gcu", factors[at]);
    }
    return family;
  }

  private static String canonical(String unit) {
    String lower = unit.toLowerCase(Locale.ROOT);
    boolean plural = lower.endsWith("s") && lower.codePointCount(0, lower.length()) > 2;
    return plural ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** How many {@code to} one {@code from} is; empty if the units do not convert. */
  public static OptionalDouble ratio(String from, String to) {
    for (Map<String, Double> family : FAMILIES) {
      Double source = family.get(canonical(from));
      Double target = family.get(canonical(to));
      if (source != null && target != null) {
        return OptionalDouble.of(source / target);
      }
    }
    return from.equals(to) ? OptionalDouble.of(1) : OptionalDouble.empty();
  }
}
