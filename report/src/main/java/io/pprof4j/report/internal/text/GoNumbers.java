// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import io.pprof4j.report.ReportException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's strconv and fmt packages read and write them. */
public final class GoNumbers {
  /** Forms of numbers to read, loaded when the first one is. */
  private static final class Syntax {
    private static final Pattern DECIMAL =
        Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEXADECIMAL =
        Pattern.compile("[+-]?0[xX](\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)[pP][+-]?\\d+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
  }

  /** Beyond this exponent numbers are written with one ({@code %v}). */
  private static final int LARGEST_PLAIN_EXPONENT = 21;

  private GoNumbers() {}

  /** A decimal 64-bit integer (strconv.Atoi). */
  public static long parseInt(String text) throws ReportException {
    if (!Syntax.INTEGER.matcher(text).matches()) {
      throw error("Atoi", text, "invalid syntax");
    }
    BigInteger number = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    if (number.bitLength() > 63) {
      throw error("Atoi", text, "value out of range");
    }
    return number.longValue();
  }

  /** A floating-point number (strconv.ParseFloat). */
  public static double parseFloat(String text) throws ReportException {
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
    if (!Syntax.DECIMAL.matcher(text).matches() && !Syntax.HEXADECIMAL.matcher(text).matches()) {
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
  public static boolean isTrue(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default -> false;
    };
  }

  /** The shortest text that reads back as the same number ({@code %v}). */
  public static String formatFloat(double number) {
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
  public static String formatSignificant(double number, int precision) {
    if (Double.isNaN(number) || Double.isInfinite(number) || number == 0) {
      return formatFloat(number);
    }
    if (precision == 2 && number >= 1e-19 && number < 1) {
      String text = twoDigits(number);
      if (text != null) {
        return text;
      }
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(precision, RoundingMode.HALF_EVEN));
    return digits(rounded.stripTrailingZeros(), precision);
  }

  /**
   * Two digits of a number of 1e-19 to 1, without BigDecimal, which takes 10 ms to load; null where
   * arithmetic in doubles might round wrongly. Powers of ten up to 22 are exact, so what is scaled
   * is off by half of its last bit, 1e-14, at most.
   */
  private static @Nullable String twoDigits(double number) {
    int decimals = 2;
    double power = 100;
    while (number * power < 10) {
      power *= 10;
      decimals++;
    }
    double scaled = number * power;
    long floor = (long) scaled;
    double rest = scaled - floor;
    if (Math.abs(rest - 0.5) < 1e-12) {
      return null;
    }
    long digits = rest > 0.5 ? floor + 1 : floor;
    if (digits == 100) {
      digits = 10;
      decimals--;
    }
    if (decimals == 1) {
      return "1";
    }
    if (decimals <= 5) {
      return "0" + fraction(digits, decimals);
    }
    String mantissa = digits / 10 + fraction(digits % 10, 1);
    int exponent = decimals - 1;
    return mantissa + (exponent < 10 ? "e-0" : "e-") + exponent;
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
  public static String formatFixed(double number, int decimals) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return formatFloat(number);
    }
    String text = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    // BigDecimal has no negative zero, Go prints its sign.
    boolean lostSign = text.charAt(0) != '-' && (number < 0 || 1 / number < 0);
    return lostSign ? "-" + text : text;
  }

  /** A number of nanoseconds as Go's time.Duration prints it: {@code 1m30.5s}. */
  public static String formatDuration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    // The most negative number has no positive counterpart; its quotient and remainder have.
    long seconds = Math.abs(nanos / 1_000_000_000L);
    long part = Math.abs(nanos % 1_000_000_000L);
    if (seconds == 0) {
      return sign + belowSecond(part);
    }
    String rest = seconds % 60 + fraction(part, 9) + "s";
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
      return nanos / 1_000 + fraction(nanos % 1_000, 3) + "µs";
    }
    return nanos / 1_000_000 + fraction(nanos % 1_000_000, 6) + "ms";
  }

  /** A point and the digits of a part of 10^width without zeros at the end; empty for 0. */
  static String fraction(long part, int width) {
    if (part == 0) {
      return "";
    }
    String digits = Long.toString(part);
    String padded = "0".repeat(width - digits.length()) + digits;
    int end = width;
    while (padded.charAt(end - 1) == '0') {
      end--;
    }
    return "." + padded.substring(0, end);
  }
}
