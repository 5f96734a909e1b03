// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/** Reads and writes durations in the syntax of Go's {@code time.Duration}. */
public final class GoDuration {
  private static final long MICROSECOND = 1_000L;
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private final String text;
  private int at;

  private GoDuration(String text) {
    this.text = text;
  }

  /**
   * Reads a duration: numbers with a unit each, of {@code ns}, {@code us}, {@code µs}, {@code ms},
   * {@code s}, {@code m}, {@code h}, with an optional sign; or {@code 0}.
   *
   * @return nanoseconds
   * @throws IllegalArgumentException if the text is no duration or does not fit 64 bits; the
   *     message is Go's
   */
  public static long parse(String text) {
    return new GoDuration(text).parse();
  }

  private long parse() {
    boolean negative = text.startsWith("-");
    at = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    if (at == text.length()) {
      throw invalid();
    }
    // The sum runs downwards, since the smallest duration has no positive counterpart.
    long sum = 0;
    while (at < text.length()) {
      try {
        sum = Math.subtractExact(sum, element());
      } catch (ArithmeticException e) {
        throw (IllegalArgumentException) invalid().initCause(e);
      }
    }
    if (!negative && sum == Long.MIN_VALUE) {
      throw invalid();
    }
    return negative ? sum : -sum;
  }

  private long element() {
    int start = at;
    long whole = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      whole = Math.addExact(Math.multiplyExact(whole, 10L), text.charAt(at++) - '0');
    }
    int digits = at - start;
    long fraction = 0;
    double scale = 1;
    if (at < text.length() && text.charAt(at) == '.') {
      int point = ++at;
      for (; at < text.length() && isDigit(text.charAt(at)); at++) {
        // Digits beyond 18 are far below a nanosecond.
        if (at - point < 18) {
          fraction = fraction * 10 + text.charAt(at) - '0';
          scale *= 10;
        }
      }
      digits += at - point;
    }
    if (digits == 0) {
      throw invalid();
    }
    long unit = unit();
    return Math.addExact(Math.multiplyExact(whole, unit), (long) (fraction * (unit / scale)));
  }

  private long unit() {
    int start = at;
    while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    return switch (name) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> MICROSECOND;
      case "ms" -> MILLISECOND;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      case "" ->
          throw new IllegalArgumentException("time: missing unit in duration " + quoted(text));
      default ->
          throw new IllegalArgumentException(
              "time: unknown unit " + quoted(name) + " in duration " + quoted(text));
    };
  }

  private static String quoted(String part) {
    return GoQuote.quote(part);
  }

  private IllegalArgumentException invalid() {
    return new IllegalArgumentException("time: invalid duration " + GoQuote.quote(text));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Writes a duration as Go does: {@code 0s}, {@code 1.5ms}, {@code 2m0s}, {@code 1h30m0s}.
   *
   * @param nanos nanoseconds
   */
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (nanos == Long.MIN_VALUE) {
      return "-2562047h47m16.854775808s";
    }
    String sign = nanos < 0 ? "-" : "";
    long size = Math.abs(nanos);
    if (size < MICROSECOND) {
      return sign + size + "ns";
    }
    if (size < MILLISECOND) {
      return sign + decimal(size, MICROSECOND) + "µs";
    }
    if (size < SECOND) {
      return sign + decimal(size, MILLISECOND) + "ms";
    }
    long minutes = size / MINUTE;
    String seconds = decimal(size % MINUTE, SECOND) + "s";
    if (minutes == 0) {
      return sign + seconds;
    }
    String rest = minutes % 60 + "m" + seconds;
    return sign + (minutes < 60 ? rest : minutes / 60 + "h" + rest);
  }

  /** The value in units, with only the decimals that are needed. */
  private static String decimal(long value, long unit) {
    long rest = value % unit;
    if (rest == 0) {
      return Long.toString(value / unit);
    }
    String fraction = Long.toString(unit + rest).substring(1);
    int end = fraction.length();
    while (fraction.charAt(end - 1) == '0') {
      end--;
    }
    return value / unit + "." + fraction.substring(0, end);
  }
}
