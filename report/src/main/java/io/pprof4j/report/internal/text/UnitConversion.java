// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import static java.util.Objects.requireNonNull;

import io.pprof4j.report.Measurement;
import io.pprof4j.report.UnitFamily;
import io.pprof4j.report.UnitFamily.Unit;
import org.jspecify.annotations.Nullable;

/**
 * How values of a unit become those of another one: looked up once for all values of a report.
 *
 * <p>A known unit converts within its family; {@code minimum} and {@code auto} take the largest
 * unit that leaves at least one, and a target of another family gives the family's default. An
 * unknown unit stays what it is, under the name of the target.
 */
public final class UnitConversion {
  private final Unit source;

  /** Which of its units suits a value; null if that does not depend on the value. */
  private final @Nullable UnitFamily family;

  /** Null if it depends on the value. */
  private final @Nullable Unit target;

  private UnitConversion(@Nullable UnitFamily family, Unit source, @Nullable Unit target) {
    this.family = family;
    this.source = source;
    this.target = target;
  }

  /** How values of a unit are shown in another one, in {@code minimum} or {@code auto}. */
  public static UnitConversion of(String from, String to) {
    boolean best = to.equals("minimum") || to.equals("auto");
    for (UnitFamily family : UnitFamily.all()) {
      Unit source = family.find(from);
      if (source != null) {
        if (best) {
          return new UnitConversion(family, source, null);
        }
        Unit target = family.find(to);
        return new UnitConversion(null, source, target == null ? family.defaultUnit() : target);
      }
    }
    boolean goesWithoutSaying =
        best || to.equals("count") || to.equals("sample") || to.equals("unit");
    Unit plain = new Unit(goesWithoutSaying ? "" : to, 1);
    return new UnitConversion(null, plain, plain);
  }

  /** The value in the unit of the target. */
  public Measurement of(long value) {
    // The most negative number has no positive counterpart and is converted as it is.
    if (value < 0 && value != Long.MIN_VALUE) {
      Measurement positive = of(-value);
      return new Measurement(-positive.value(), positive.unit());
    }
    double base = value * source.factor();
    Unit unit = target != null ? target : requireNonNull(family).suiting(base);
    return new Measurement(base / unit.factor(), unit.name());
  }
}
