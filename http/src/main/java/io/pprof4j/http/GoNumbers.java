// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads numbers as Go's strconv does, which decides what a parameter means. */
final class GoNumbers {
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?"
              + "|[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");
  private static final Pattern INFINITE = Pattern.compile("\\+?(?i:inf|infinity)");

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  /** More digits than any number that fits; keeps a hostile query from costing time. */
  private static final int MAX_LENGTH = 64;

  private GoNumbers() {}

  /** {@code strconv.ParseInt(text, 10, 64)}; empty where that has an error. */
  static OptionalLong parseInt(String text) {
    if (text.length() > MAX_LENGTH || !DECIMAL.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    BigInteger value = new BigInteger(text);
    return value.equals(clamp(value)) ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
  }

  /**
   * {@code n, _ := strconv.Atoi(text)}: 0 if it is no number, the nearest one if it does not fit.
   */
  static long atoi(String text) {
    if (text.length() > MAX_LENGTH || !DECIMAL.matcher(text).matches()) {
      return 0;
    }
    return clamp(new BigInteger(text)).longValue();
  }

  private static BigInteger clamp(BigInteger value) {
    return value.max(MIN).min(MAX);
  }

  /** {@code strconv.ParseFloat(text, 64)}; empty where that has an error or is not a number. */
  static OptionalDouble parseFloat(String text) {
    if (INFINITE.matcher(text).matches()) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    if (text.length() > MAX_LENGTH || !FLOAT.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * {@code strconv.ParseUint(text, 0, 64)} for an address: the prefix tells the base; 0 where that
   * has an error.
   */
  static long parseAddress(String text) {
    int base = base(text);
    String digits = base == 10 ? text : text.substring(base == 8 && !isLetter(text, 1) ? 1 : 2);
    if (digits.isEmpty() || digits.startsWith("+") || digits.startsWith("-")) {
      return 0;
    }
    try {
      return Long.parseUnsignedLong(digits, base);
    } catch (NumberFormatException e) {
      return 0; // what is no number names no function
    }
  }

  private static int base(String text) {
    if (text.length() < 2 || text.charAt(0) != '0') {
      return 10;
    }
    return switch (text.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static boolean isLetter(String text, int at) {
    return text.charAt(at) == 'o' || text.charAt(at) == 'O';
  }
}
