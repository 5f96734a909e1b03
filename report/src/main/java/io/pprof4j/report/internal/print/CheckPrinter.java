// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.CheckRule;
import io.pprof4j.report.CheckRule.Measure;
import io.pprof4j.report.CheckRule.Subject;
import io.pprof4j.report.DiffCheck;
import io.pprof4j.report.DiffCheck.Breach;
import io.pprof4j.report.DiffCheck.Result;
import io.pprof4j.report.DiffCheck.Side;
import io.pprof4j.report.Measurement;
import java.util.Locale;

/** Prints a {@link DiffCheck}: a line per rule, and a line per function that broke it. */
public final class CheckPrinter {
  private static final int MAX_BREACHES = 20;

  private final DiffCheck check;
  private final StringBuilder text = new StringBuilder();

  private CheckPrinter(DiffCheck check) {
    this.check = check;
  }

  /** What a check found, as lines of text. */
  public static String text(DiffCheck check) {
    CheckPrinter printer = new CheckPrinter(check);
    printer.print();
    return printer.text.toString();
  }

  private void print() {
    side("Base", check.base());
    side("New", check.current());
    for (Result result : check.results()) {
      text.append(word(result.verdict())).append("  ").append(result.rule().text()).append('\n');
      result.breaches().stream()
          .limit(MAX_BREACHES)
          .forEach(breach -> breach(result.rule(), breach));
      int more = result.breaches().size() - MAX_BREACHES;
      if (more > 0) {
        text.append("      and ").append(more).append(" more\n");
      }
    }
    text.append("Check: ").append(summary()).append('\n');
  }

  private void side(String name, Side side) {
    text.append(name)
        .append(": ")
        .append(value(side.total()))
        .append(" of ")
        .append(check.values().type())
        .append(", ")
        .append(side.samples())
        .append(" samples\n");
  }

  private static String word(DiffCheck.Verdict verdict) {
    return switch (verdict) {
      case PASSED -> "ok  ";
      case BROKEN -> "FAIL";
      case UNCERTAIN -> "?   ";
    };
  }

  private String summary() {
    long broken =
        check.results().stream().filter(r -> r.verdict() == DiffCheck.Verdict.BROKEN).count();
    return switch (check.verdict()) {
      case PASSED -> "passed";
      case BROKEN -> "failed, " + broken + " of " + check.results().size() + " rules broken";
      case UNCERTAIN -> "uncertain, too few samples";
    };
  }

  private void breach(CheckRule rule, Breach breach) {
    text.append("      ").append(growth(rule, breach)).append("  ");
    text.append(value(breach.before())).append(share(rule, breach.before(), check.base()));
    text.append(" -> ");
    text.append(value(breach.after())).append(share(rule, breach.after(), check.current()));
    text.append("  ").append(breach.name().isEmpty() ? "total" : breach.name()).append('\n');
  }

  private String growth(CheckRule rule, Breach breach) {
    if (rule.measure() == Measure.AMOUNT) {
      return "+" + value(breach.after() - breach.before());
    }
    if (Double.isInfinite(breach.growth())) {
      return "new";
    }
    String number = String.format(Locale.ROOT, "+%.2f", breach.growth());
    return number + (rule.measure() == Measure.POINTS ? " points" : "%");
  }

  private static String share(CheckRule rule, long value, Side side) {
    if (rule.subject() == Subject.TOTAL) {
      return "";
    }
    return " (" + Measurement.percentage(value, side.total()).strip() + ")";
  }

  private String value(long number) {
    return Measurement.label(number, check.values().unit());
  }
}
