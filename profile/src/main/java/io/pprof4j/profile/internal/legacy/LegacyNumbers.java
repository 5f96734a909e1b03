// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileFormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Numbers in legacy texts, under the rules of Go's strconv, whose messages users know. */
final class LegacyNumbers {
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);
  private static final BigInteger MIN = BigInteger.ONE.shiftLeft(63).negate();
  private static final int MAX_DIGITS = 80;

  private LegacyNumbers() {}

  /** A decimal number, perhaps with a sign. */
  static long decimal(String text) throws ProblemException {
    return parse(text, text, 10);
  }

  /** A number whose prefix gives the base: 0x, 0b, 0o or 0, and which may contain underscores. */
  static long anyBase(String text) throws ProblemException {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    String sign = text.startsWith("-") ? "-" : "";
    String lower = digits.toLowerCase(java.util.Locale.ROOT);
    if (digits.indexOf('_') >= 0) {
      if (!lower.matches("(0[xbo]_?|0_?)?[0-9a-f]++(_[0-9a-f]++)*+")) {
        throw new ProblemException(text, "invalid syntax");
      }
      lower = lower.replace("_", "");
    }
    if (lower.startsWith("0x")) {
      return parse(text, sign + lower.substring(2), 16);
    }
    if (lower.startsWith("0b")) {
      return parse(text, sign + lower.substring(2), 2);
    }
    if (lower.startsWith("0o")) {
      return parse(text, sign + lower.substring(2), 8);
    }
    boolean octal = lower.length() > 1 && lower.startsWith("0");
    return parse(text, sign + (octal ? lower.substring(1) : lower), octal ? 8 : 10);
  }

  private static long parse(String text, String digits, int base) throws ProblemException {
    String unsigned =
        digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
    if (!isNumber(unsigned, base)) {
      throw new ProblemException(text, "invalid syntax");
    }
    String significant = withoutZeros(unsigned);
    if (significant.length() > MAX_DIGITS) {
      throw new ProblemException(text, "value out of range");
    }
    BigInteger value = new BigInteger(significant, base);
    value = digits.startsWith("-") ? value.negate() : value;
    if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
      throw new ProblemException(text, "value out of range");
    }
    return value.longValue();
  }

  private static boolean isNumber(String digits, int base) {
    for (int at = 0; at < digits.length(); at++) {
      char c = digits.charAt(at);
      if (c >= 128 || Character.digit(c, base) < 0) {
        return false;
      }
    }
    return !digits.isEmpty();
  }

  private static String withoutZeros(String digits) {
    int from = 0;
    while (from < digits.length() - 1 && digits.charAt(from) == '0') {
      from++;
    }
    return digits.substring(from);
  }

  /** An unsigned hexadecimal number without prefix; empty if it needs more than 64 bits. */
  static OptionalLong hex(String digits) {
    String significant = withoutZeros(digits);
    if (significant.length() > 16 || !isNumber(significant, 16)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseUnsignedLong(significant, 16));
  }

  /**
   * All numbers of the form 0x1a2b in a text.
   *
   * @throws ProblemException if one needs more than 64 bits
   */
  static long[] addresses(String text) throws ProblemException {
    List<Long> found = new ArrayList<>();
    for (int at = text.indexOf("0x"); at >= 0; ) {
      int end = at + 2;
      while (end < text.length() && isLowerHex(text.charAt(end))) {
        end++;
      }
      if (end > at + 2) {
        OptionalLong address = hex(text.substring(at + 2, end));
        if (address.isEmpty()) {
          throw new ProblemException(
              "failed to parse as hex 64-bit number: " + text.substring(at, end));
        }
        found.add(address.getAsLong());
      }
      at = text.indexOf("0x", Math.max(end, at + 1));
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private static boolean isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /**
   * What is wrong with a number; becomes a {@link ProfileFormatException} where the line is known.
   */
  static final class ProblemException extends Exception {
    private static final long serialVersionUID = 1;

    ProblemException(String message) {
      super(message);
    }

    ProblemException(String number, String problem) {
      super("strconv.ParseInt: parsing \"%s\": %s".formatted(number, problem));
    }
  }
}
