// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/** Compiles regular expressions of the RE2 syntax. */
final class Patterns {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private Patterns() {}

  /**
   * Compiles an expression.
   *
   * @param context what the message of an error starts with
   * @throws ReportException if it is not a regular expression
   */
  static Pattern compile(String context, String expression) throws ReportException {
    String repeat = PatternMessages.excessiveRepeat(expression);
    if (!repeat.isEmpty()) {
      throw new ReportException(
          context + "error parsing regexp: invalid repeat count: `" + repeat + "`");
    }
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException bad) {
      throw new ReportException(context + PatternMessages.of(bad, expression));
    }
  }

  /** Whether the expression is found somewhere in a text; plain text is searched for as it is. */
  static Predicate<String> finder(Pattern pattern) {
    String expression = pattern.pattern();
    if (isPlain(expression)) {
      return text -> text.contains(expression);
    }
    return text -> pattern.matcher(text).find();
  }

  private static boolean isPlain(String expression) {
    for (int at = 0; at < expression.length(); at++) {
      if (SPECIAL.indexOf(expression.charAt(at)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
