// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.report.internal.text.GoNumbers;
import io.pprof4j.report.internal.text.UnitConversion;

/**
 * A value in a unit.
 *
 * @param value the number
 * @param unit short name of the unit; empty if it goes without saying
 */
public record Measurement(double value, String unit) {
  private static final String FULL = "  100%";

  /** Converts a value to another unit, by the rules of {@link UnitConversion}. */
  public static Measurement scale(long value, String from, String to) {
    return UnitConversion.of(from, to).of(value);
  }

  /** Text of a value in a unit: two decimals unless they are zero, and the unit. */
  public static String label(long value, String from, String to) {
    return scale(value, from, to).label();
  }

  /** Two decimals unless they are zero, and the unit; {@code 0} has none. */
  public String label() {
    String number = twoDecimals(value);
    return number.equals("0") || number.equals("-0") ? "0" : number + unit;
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

  /**
   * Two decimals, rounded to even where both are as near; no BigDecimal, which takes 10 ms to load.
   */
  private static String fixed(double value) {
    if (value < 0) {
      return "-" + fixed(-value);
    }
    if (Double.doubleToRawLongBits(value) == 0) {
      return "0.00";
    }
    if (value > 0 && value < 1e12) {
      long hundredths = hundredths(value);
      long cents = hundredths % 100;
      return hundredths / 100 + (cents < 10 ? ".0" : ".") + cents;
    }
    return GoNumbers.formatFixed(value, 2);
  }

  /**
   * A hundred times a positive number below 2<sup>52</sup>, rounded half to even. It is exact: the
   * number is an integer of 53 bits, divided by a power of two, and a hundred of it fit a long.
   */
  private static long hundredths(double value) {
    long fraction = Double.doubleToRawLongBits(value) & ((1L << 52) - 1);
    long hundred = (fraction + (1L << 52)) * 100;
    int shift = 52 - Math.getExponent(value);
    if (shift > 62) {
      return 0; // less than an eighth
    }
    long floor = hundred >> shift;
    long rest = hundred - (floor << shift);
    long half = 1L << (shift - 1);
    boolean up = rest > half || (rest == half && (floor & 1) != 0);
    return up ? floor + 1 : floor;
  }
}
