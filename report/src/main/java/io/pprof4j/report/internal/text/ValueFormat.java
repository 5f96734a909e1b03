// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import io.pprof4j.report.Measurement;

/** How a report writes values. */
public final class ValueFormat {
  private final String from;
  private final String to;
  private final double ratio;
  private final UnitConversion conversion;

  /**
   * A format.
   *
   * @param from unit of the values in the profile
   * @param to unit to show, {@code minimum} or {@code auto}
   * @param ratio what values are multiplied by; 1, 0 and less change nothing
   */
  public ValueFormat(String from, String to, double ratio) {
    this.from = from;
    this.to = to;
    this.ratio = ratio;
    conversion = UnitConversion.of(from, to);
  }

  /** The unit to show, {@code minimum} or {@code auto}. */
  public String to() {
    return to;
  }

  /** What values are multiplied by; 1, 0 and less change nothing. */
  public double ratio() {
    return ratio;
  }

  /** The value with its unit. */
  public String text(long value) {
    return conversion.of(scaled(value)).label();
  }

  /** The value with its unit, or a dot for none. */
  public String textOrDot(long value) {
    return value == 0 ? "." : text(value);
  }

  /** The value in the unit to show, without the ratio. */
  public double converted(long value) {
    return conversion.of(value).value();
  }

  long scaled(long value) {
    return ratio > 0 && ratio != 1 ? GoMath.toLong(value * ratio) : value;
  }

  /**
   * The format in the unit that suits the values of a graph: that of the smallest one, or of a
   * hundred times as much if the total is far above it.
   *
   * @param smallest the smallest value, without its sign; 0 if there is none but 0
   * @param wholeNumbers whether values are shown without decimals
   */
  public ValueFormat suiting(long smallest, long total, boolean wholeNumbers) {
    if (!to.equals("minimum")) {
      return this;
    }
    long min = scaled(smallest == 0 ? total : smallest);
    long max = scaled(total);
    String minUnit = unitOf(min);
    String unit = minUnit;
    if (!minUnit.equals(unitOf(max)) && min * 100 < max && !wholeNumbers) {
      unit = unitOf(100 * min);
    }
    return new ValueFormat(from, unit.isEmpty() ? from : unit, ratio);
  }

  private String unitOf(long value) {
    return Measurement.scale(value, from, "minimum").unit();
  }
}
