// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.Locale;

/**
 * By how much a value may grow from one profile to the next.
 *
 * <pre>
 *   rule    = subject "&gt;" number [unit]
 *   subject = "flat" | "cum" | "total"
 *   unit    = "%"              growth in percent of the base's value
 *           | "pp" or nothing  growth of the share of the total, in percentage points; not of total
 *           | a unit of the profile's values, such as ms or MB: growth as such
 * </pre>
 *
 * @param text the rule as it was written
 * @param subject what may not grow
 * @param limit the growth that is still allowed
 * @param measure what {@code limit} counts
 * @param unit the unit of {@link Measure#AMOUNT}; empty otherwise
 */
public record CheckRule(String text, Subject subject, double limit, Measure measure, String unit) {
  /** What a rule is about. */
  public enum Subject {
    /** The own value of each function. */
    FLAT,
    /** The value of each function and all it called. */
    CUM,
    /** The value of the profile. */
    TOTAL
  }

  /** How growth is measured. */
  public enum Measure {
    /** Percentage points of the share of the total. */
    POINTS,
    /** Percent of the value in the base. */
    PERCENT,
    /** The difference itself. */
    AMOUNT
  }

  /**
   * Reads a rule.
   *
   * @throws ReportException if it is none
   */
  public static CheckRule parse(String text) throws ReportException {
    String rule = text.strip();
    int than = rule.indexOf('>');
    if (than < 0) {
      throw new ReportException(
          "check rule \"" + rule + "\": expected flat, cum or total, then > and a number");
    }
    Subject subject = subject(rule, rule.substring(0, than).strip());
    String amount = rule.substring(than + 1).strip();
    int end = 0;
    while (end < amount.length() && "0123456789.".indexOf(amount.charAt(end)) >= 0) {
      end++;
    }
    double limit = number(rule, amount.substring(0, end));
    String unit = amount.substring(end).strip();
    Measure measure = measure(unit);
    if (subject == Subject.TOTAL && measure == Measure.POINTS) {
      throw new ReportException(
          "check rule \"" + rule + "\": total has no share; expected % or a unit after the number");
    }
    return new CheckRule(rule, subject, limit, measure, measure == Measure.AMOUNT ? unit : "");
  }

  private static Subject subject(String rule, String name) throws ReportException {
    try {
      return Subject.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new ReportException(
          "check rule \"" + rule + "\": \"" + name + "\" is none of flat, cum, total");
    }
  }

  private static double number(String rule, String digits) throws ReportException {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException notOne) {
      throw new ReportException("check rule \"" + rule + "\": expected a number after >");
    }
  }

  private static Measure measure(String unit) {
    return switch (unit) {
      case "", "pp" -> Measure.POINTS;
      case "%" -> Measure.PERCENT;
      default -> Measure.AMOUNT;
    };
  }
}
