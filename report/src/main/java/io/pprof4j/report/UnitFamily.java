// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Utf8;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units that convert into each other, such as those of time. */
public final class UnitFamily {
  /**
   * A unit.
   *
   * @param name short name, as shown
   * @param factor how many base units it has
   */
  public record Unit(String name, double factor) {}

  private static final List<UnitFamily> FAMILIES =
      List.of(
          new UnitFamily("B")
              .add("B", 1, "b", "byte")
              .add("kB", 1L << 10, "kb", "kbyte", "kilobyte")
              .add("MB", 1L << 20, "mb", "mbyte", "megabyte")
              .add("GB", 1L << 30, "gb", "gbyte", "gigabyte")
              .add("TB", 1L << 40, "tb", "tbyte", "terabyte")
              .add("PB", 1L << 50, "pb", "pbyte", "petabyte"),
          new UnitFamily("s")
              .add("ns", 1, "ns", "nanosecond")
              .add("us", 1e3, "μs", "us", "microsecond")
              .add("ms", 1e6, "ms", "millisecond")
              .add("s", 1e9, "s", "sec", "second")
              .add("hrs", 3600e9, "hour", "hr"),
          new UnitFamily("GCU")
              .add("n*GCU", 1e-9, "nanogcu")
              .add("u*GCU", 1e-6, "microgcu")
              .add("m*GCU", 1e-3, "milligcu")
              .add("GCU", 1, "gcu")
              .add("k*GCU", 1e3, "kilogcu")
              .add("M*GCU", 1e6, "megagcu")
              .add("G*GCU", 1e9, "gigagcu")
              .add("T*GCU", 1e12, "teragcu")
              .add("P*GCU", 1e15, "petagcu"));

  private final String defaultName;
  private final java.util.ArrayList<Unit> units = new java.util.ArrayList<>();
  private final Map<String, Unit> byAlias = new HashMap<>();

  private UnitFamily(String defaultName) {
    this.defaultName = defaultName;
  }

  private UnitFamily add(String name, double factor, String... aliases) {
    Unit unit = new Unit(name, factor);
    units.add(unit);
    for (String alias : aliases) {
      byAlias.put(alias, unit);
    }
    return this;
  }

  /** Memory, time and computing work. */
  public static List<UnitFamily> all() {
    return FAMILIES;
  }

  /** The units from small to large. */
  public List<Unit> units() {
    return List.copyOf(units);
  }

  /** The unit of values that none fits and of targets outside the family. */
  public Unit defaultUnit() {
    for (Unit unit : units) {
      if (unit.name.equals(defaultName)) {
        return unit;
      }
    }
    throw new IllegalStateException("no unit " + defaultName);
  }

  /** The unit of a name in any case, singular or plural; null if it is not of this family. */
  public @Nullable Unit find(String name) {
    String alias = name.toLowerCase(Locale.ROOT);
    // Measured in bytes, as in pprof, for which "μs" is a plural of an unknown unit.
    boolean plural = alias.endsWith("s") && Utf8.encode(alias).length > 2;
    return byAlias.get(plural ? alias.substring(0, alias.length() - 1) : alias);
  }

  /** The largest unit that leaves at least one; the default unit if there is none. */
  public Unit suiting(double base) {
    Unit largest = defaultUnit();
    for (Unit unit : units) {
      if (base / unit.factor >= 1) {
        largest = unit;
      }
    }
    return largest;
  }
}
