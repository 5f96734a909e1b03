// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

/**
 * A value in a unit.
 *
 * @param value the number
 * @param unit short name of the unit; empty if it goes without saying
 */
public record Measurement(double value, String unit) {
  private static final String FULL = "  100%";

  /**
   * Converts a value to another unit.
   *
   * <p>A known unit converts within its family; {@code minimum} and {@code auto} take the largest
   * unit that leaves at least one, and a target of another family gives the family's default. An
   * unknown unit stays what it is, under the name of the target.
   */
  public static Measurement scale(long value, String from, String to) {
    // The most negative number has no positive counterpart and is converted as it is.
    if (value < 0 && value != Long.MIN_VALUE) {
      Measurement positive = scale(-value, from, to);
      return new Measurement(-positive.value, positive.unit);
    }
    for (UnitFamily family : UnitFamily.all()) {
      Measurement converted = family.convert(value, from, to);
      if (converted != null) {
        return converted;
      }
    }
    return switch (to) {
      case "count", "sample", "unit", "minimum", "auto" -> new Measurement(value, "");
      default -> new Measurement(value, to);
    };
  }

  /** Text of a value in a unit: two decimals unless they are zero, and the unit. */
  public static String label(long value, String from, String to) {
    Measurement measurement = scale(value, from, to);
    String number = twoDecimals(measurement.value);
    return number.equals("0") || number.equals("-0") ? "0" : number + measurement.unit;
  }

  /** Text of a value in the unit that suits it best. */
  public static String label(long value, String unit) {
    return label(value, unit, "auto");
  }

  /** The share of {@code value} in {@code total}, six characters wide: {@code " 5.25%"}. */
  public static String percentage(long value, long total) {
    double percent = total == 0 ? 0 : Math.abs((double) value / (double) total) * 100;
    if (percent >= 99.95 && percent <= 100.05) {
      return FULL;
    }
    if (percent == 0) {
      return "    0%";
    }
    String number = percent >= 1 ? fixed(percent) : GoNumbers.formatSignificant(percent, 2);
    return " ".repeat(Math.max(0, 5 - number.length())) + number + "%";
  }

  private static String twoDecimals(double value) {
    String number = fixed(value);
    return number.endsWith(".00") ? number.substring(0, number.length() - 3) : number;
  }

  /** Two decimals; arithmetic in longs where it cannot round wrongly. */
  private static String fixed(double value) {
    if (value < 0) {
      return "-" + fixed(-value);
    }
    if (Double.doubleToRawLongBits(value) == 0) {
      return "0.00";
    }
    if (value > 0 && value < 1e12) {
      double hundredths = value * 100;
      long floor = (long) hundredths;
      double rest = hundredths - floor;
      if (Math.abs(rest - 0.5) > 1e-3) {
        long rounded = rest > 0.5 ? floor + 1 : floor;
        long cents = rounded % 100;
        return rounded / 100 + (cents < 10 ? ".0" : ".") + cents;
      }
    }
    return GoNumbers.formatFixed(value, 2);
  }
}
