// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pprof4j.report.ReportException;
import java.util.function.Predicate;

/**
 * A regular expression in the syntax of Go's package {@code regexp}, which is searched for.
 *
 * @param text the expression as it was given
 * @param compiled what finds it
 */
public record SearchPattern(String text, Pattern compiled) {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  /**
   * Compiles an expression.
   *
   * @param context what the message of an error starts with
   * @throws ReportException if it is not a regular expression
   */
  public static SearchPattern compile(String context, String expression) throws ReportException {
    try {
      String translated = isPlain(expression) ? expression : PatternSyntax.translate(expression);
      return new SearchPattern(expression, Pattern.compile(translated));
    } catch (PatternSyntaxException bad) {
      throw new ReportException(context + bad.getMessage());
    }
  }

  /** Whether the expression is found somewhere in a text; plain text is searched for as it is. */
  public Predicate<String> finder() {
    if (isPlain(text)) {
      return name -> name.contains(text);
    }
    return name -> compiled.matcher(name).find();
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
