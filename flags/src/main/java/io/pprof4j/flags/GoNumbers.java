// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import java.math.BigDecimal;

/** Reads and writes numbers in the syntax of Go's {@code strconv} package. */
public final class GoNumbers {
  private GoNumbers() {}

  /**
   * Reads a whole number: an optional sign, an optional base prefix ({@code 0x}, {@code 0o}, {@code
   * 0b}, or {@code 0} for octal) and digits, between which underscores may stand.
   *
   * @throws FlagValueException with {@code parse error} or {@code value out of range}
   */
  public static long parseInt(String text) throws FlagValueException {
    boolean negative = text.startsWith("-");
    int start = negative || text.startsWith("+") ? 1 : 0;
    int radix = radix(text, start);
    int first = start + (radix == 10 ? 0 : prefixLength(text, start));
    if (first == text.length() || !underscoresSeparateDigits(text)) {
      throw new FlagValueException(FlagValueException.PARSE_ERROR);
    }
    return digits(text, first, radix, negative);
  }

  private static long digits(String text, int first, int radix, boolean negative)
      throws FlagValueException {
    // Counting downwards reaches Long.MIN_VALUE, whose absolute value is no long.
    long value = 0;
    boolean overflow = false;
    for (int at = first; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '_') {
        continue;
      }
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw new FlagValueException(FlagValueException.PARSE_ERROR);
      }
      overflow |= value < (Long.MIN_VALUE + digit) / radix;
      value = value * radix - digit;
    }
    if (overflow || (!negative && value == Long.MIN_VALUE)) {
      throw new FlagValueException(FlagValueException.RANGE_ERROR);
    }
    return negative ? value : -value;
  }

  private static int radix(String text, int start) {
    if (start + 1 >= text.length() || text.charAt(start) != '0') {
      return 10;
    }
    return switch (text.charAt(start + 1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static int prefixLength(String text, int start) {
    char c = text.charAt(start + 1);
    return c == '_' || (c >= '0' && c <= '9') ? 1 : 2;
  }

  /** An underscore stands only between digits, or between the base prefix and a digit. */
  private static boolean underscoresSeparateDigits(String text) {
    if (text.indexOf('_') < 0) {
      return true;
    }
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean prefixed =
        text.length() > at + 1
            && text.charAt(at) == '0'
            && "xXoObB".indexOf(text.charAt(at + 1)) >= 0;
    boolean hex = prefixed && (text.charAt(at + 1) | 0x20) == 'x';
    char before = prefixed ? '0' : '^';
    for (at += prefixed ? 2 : 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean digit = (c >= '0' && c <= '9') || (hex && Character.digit(c, 16) >= 0);
      if (c == '_' ? before != '0' : !digit && before == '_') {
        return false;
      }
      before = digit ? '0' : c;
    }
    return before != '_';
  }

  /**
   * Reads a floating-point number: decimal or hexadecimal (with its exponent {@code p}), {@code
   * inf}, {@code infinity} or {@code nan} in any case.
   *
   * @throws FlagValueException with {@code parse error} or {@code value out of range}
   */
  public static double parseFloat(String text) throws FlagValueException {
    double special = special(text);
    if (special != 0) {
      return special;
    }
    if (!isFloat(text) || !underscoresSeparateDigits(text)) {
      throw new FlagValueException(FlagValueException.PARSE_ERROR);
    }
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw new FlagValueException(FlagValueException.RANGE_ERROR);
    }
    return value;
  }

  /** The value of a word, or 0 if the text is none. */
  private static double special(String text) {
    boolean negative = text.startsWith("-");
    String word = negative || text.startsWith("+") ? text.substring(1) : text;
    if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return text.equalsIgnoreCase("nan") ? Double.NaN : 0;
  }

  /** Whether the text has the form of a number. Double.parseDouble alone would take "1f", " 1". */
  private static boolean isFloat(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean hex = text.regionMatches(true, at, "0x", 0, 2);
    at += hex ? 2 : 0;
    int digits = 0;
    int points = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.') {
        points++;
      } else if (c < 0x80 && Character.digit(c, hex ? 16 : 10) >= 0) {
        digits++;
      } else if (c != '_') {
        break;
      }
    }
    if (digits == 0 || points > 1) {
      return false;
    }
    return at == text.length() ? !hex : isExponent(text, at, hex ? 'p' : 'e');
  }

  private static boolean isExponent(String text, int at, char letter) {
    if ((text.charAt(at) | 0x20) != letter) {
      return false;
    }
    int first = at + 1;
    if (first < text.length() && (text.charAt(first) == '-' || text.charAt(first) == '+')) {
      first++;
    }
    int digits = 0;
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c != '_') {
        return false;
      }
    }
    return digits > 0 && text.charAt(first) != '_';
  }

  /**
   * Writes a floating-point number as {@code strconv.FormatFloat(x, 'g', -1, 64)} does: the
   * shortest digits, with an exponent below 1e-4 and from 1e+06.
   */
  public static String formatFloat(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - decimal.scale() - 1;
    String sign = value < 0 ? "-" : "";
    // Go compares with a precision of 6 when it looks for the shortest digits.
    if (exponent < -4 || exponent >= 6) {
      return sign + scientific(digits, exponent);
    }
    return sign + decimal.toPlainString();
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = exponent < 0 ? "e-" : "e+";
    int size = Math.abs(exponent);
    return digits.charAt(0) + fraction + sign + (size < 10 ? "0" : "") + size;
  }
}
