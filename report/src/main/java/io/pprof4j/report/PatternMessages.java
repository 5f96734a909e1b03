// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import com.google.re2j.PatternSyntaxException;

/** Words mistakes in regular expressions as Go does, where RE2/J has words of its own. */
final class PatternMessages {
  /** Go's limit of how often a part is repeated, nested repetitions multiplied. */
  private static final int MAX_REPEAT = 1000;

  private PatternMessages() {}

  /** What is wrong with an expression. */
  static String of(PatternSyntaxException mistake, String expression) {
    String message = String.valueOf(mistake.getMessage());
    if (message.contains("stack underflow")) {
      return "error parsing regexp: unexpected ): `" + expression + "`";
    }
    if (message.endsWith("trailing backslash at end of expression")) {
      return message + ": ``";
    }
    return message;
  }

  /**
   * The repetition that exceeds Go's limit together with those around it, such as {@code {500}} in
   * {@code (a{500}){500}}; empty if none does. RE2/J checks each one alone.
   */
  static String excessiveRepeat(String expression) {
    return expression.indexOf('{') < 0 ? "" : new RepeatCheck(expression).check();
  }

  /** Multiplies repetitions along the nesting of groups. */
  private static final class RepeatCheck {
    private final String expression;
    private int at;

    /** The largest product of repetitions within the part that was read last. */
    private long product = 1;

    private String excess = "";

    RepeatCheck(String expression) {
      this.expression = expression;
    }

    String check() {
      group();
      return excess;
    }

    /** Reads up to the end of a group and returns the largest product in it. */
    private long group() {
      long largest = 1;
      product = 1;
      while (at < expression.length() && excess.isEmpty()) {
        char c = expression.charAt(at++);
        switch (c) {
          case '(' -> product = group();
          case ')' -> {
            return largest;
          }
          case '\\' -> escape();
          case '[' -> characterClass();
          case '{' -> repeat();
          case '*', '+', '?' -> {}
          default -> product = 1;
        }
        largest = Math.max(largest, product);
      }
      return largest;
    }

    private void escape() {
      boolean quote = at < expression.length() && expression.charAt(at) == 'Q';
      int end = quote ? expression.indexOf("\\E", at) : -1;
      at = quote ? (end < 0 ? expression.length() : end + 2) : at + 1;
      product = 1;
    }

    private void characterClass() {
      product = 1;
      at += at < expression.length() && expression.charAt(at) == '^' ? 1 : 0;
      int first = at;
      while (at < expression.length() && (expression.charAt(at) != ']' || at == first)) {
        at += expression.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }

    private void repeat() {
      int end = expression.indexOf('}', at);
      String range = end < 0 ? "" : expression.substring(at, end);
      int comma = range.indexOf(',');
      String upper = comma < 0 || comma == range.length() - 1 ? range : range.substring(comma + 1);
      long count = number(upper.endsWith(",") ? upper.substring(0, upper.length() - 1) : upper);
      if (count < 0) {
        product = 1; // Not a repetition, but the character itself.
        return;
      }
      product *= Math.max(count, 1);
      if (product > MAX_REPEAT) {
        excess = expression.substring(at - 1, end + 1);
      }
      at = end + 1;
    }

    private static long number(String digits) {
      if (digits.isEmpty() || digits.length() > 9) {
        return -1;
      }
      for (int i = 0; i < digits.length(); i++) {
        if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
          return -1;
        }
      }
      return Long.parseLong(digits);
    }
  }
}
