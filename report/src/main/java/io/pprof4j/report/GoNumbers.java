// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as Go's strconv and fmt packages read and write them. */
final class GoNumbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX](\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)[pP][+-]?\\d+");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");

  /** Beyond this exponent numbers are written with one ({@code %v}). */
  private static final int LARGEST_PLAIN_EXPONENT = 21;

  private GoNumbers() {}

  /** A decimal 64-bit integer (strconv.Atoi). */
  static long parseInt(String text) throws ReportException {
    if (!INTEGER.matcher(text).matches()) {
      throw error("Atoi", text, "invalid syntax");
    }
    BigInteger number = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    if (number.bitLength() > 63) {
      throw error("Atoi", text, "value out of range");
    }
    return number.longValue();
  }

  /** A floating-point number (strconv.ParseFloat). */
  static double parseFloat(String text) throws ReportException {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {
        return parseFinite(text);
      }
    }
  }

  private static double parseFinite(String text) throws ReportException {
    if (!DECIMAL.matcher(text).matches() && !HEXADECIMAL.matcher(text).matches()) {
      throw error("ParseFloat", text, "invalid syntax");
    }
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw error("ParseFloat", text, "value out of range");
    }
    return number;
  }

  private static ReportException error(String function, String text, String reason) {
    return new ReportException(
        "strconv.%s: parsing %s: %s".formatted(function, GoText.quote(text), reason));
  }

  /** Whether strconv.ParseBool takes the text for true. */
  static boolean isTrue(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default -> false;
    };
  }

  /** The shortest text that reads back as the same number ({@code %v}). */
  static String formatFloat(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return digits(shortest, LARGEST_PLAIN_EXPONENT);
  }

  /** A number rounded to significant digits, written without trailing zeros ({@code %.2g}). */
  static String formatSignificant(double number, int precision) {
    if (Double.isNaN(number) || Double.isInfinite(number) || number == 0) {
      return formatFloat(number);
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(precision, RoundingMode.HALF_EVEN));
    return digits(rounded.stripTrailingZeros(), precision);
  }

  /** Writes plainly, or with an exponent of at least two digits where Go does. */
  private static String digits(BigDecimal number, int plainBelow) {
    int exponent = number.precision() - number.scale() - 1;
    if (exponent >= -4 && exponent < plainBelow) {
      return number.toPlainString();
    }
    String unscaled = number.unscaledValue().abs().toString();
    String mantissa =
        unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
    return (number.signum() < 0 ? "-" : "")
        + mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** A number with a fixed count of decimals ({@code %.2f}). */
  static String formatFixed(double number, int decimals) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return formatFloat(number);
    }
    String text = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    // BigDecimal has no negative zero, Go prints its sign.
    boolean lostSign = text.charAt(0) != '-' && (number < 0 || 1 / number < 0);
    return lostSign ? "-" + text : text;
  }

  /** A number of nanoseconds as Go's time.Duration prints it: {@code 1m30.5s}. */
  static String formatDuration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    BigInteger size = BigInteger.valueOf(nanos).abs();
    String sign = nanos < 0 ? "-" : "";
    if (size.bitLength() < 63 && size.longValue() < 1_000_000_000L) {
      return sign + belowSecond(size.longValue());
    }
    BigInteger[] secondsAndNanos = size.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
    long seconds = secondsAndNanos[0].longValue();
    String rest = fraction(seconds % 60, secondsAndNanos[1].longValue(), 9) + "s";
    long minutes = seconds / 60;
    if (minutes == 0) {
      return sign + rest;
    }
    return sign + (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + rest;
  }

  private static String belowSecond(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return fraction(nanos / 1_000, nanos % 1_000, 3) + "µs";
    }
    return fraction(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
  }

  private static String fraction(long whole, long part, int width) {
    if (part == 0) {
      return Long.toString(whole);
    }
    String digits = String.format("%0" + width + "d", part);
    return whole + "." + digits.replaceAll("0+$", "");
  }
}
