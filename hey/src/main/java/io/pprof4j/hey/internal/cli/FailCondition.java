// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.flags.FlagValueException;
import io.pprof4j.flags.GoDuration;
import io.pprof4j.flags.GoNumbers;
import io.pprof4j.flags.GoQuote;
import io.pprof4j.hey.LatencyHistogram;
import io.pprof4j.hey.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * One condition of {@code -fail-on}: a measure, a comparison and a limit. Latencies are response
 * times if requests were due by the clock, else service times.
 *
 * @param text as typed
 * @param measure {@code avg}, {@code min}, {@code max}, {@code p} and a percentile, {@code rps},
 *     {@code requests} or {@code errors}
 * @param comparison {@code <}, {@code <=}, {@code >} or {@code >=}
 * @param limit in nanoseconds, in requests, or in percent
 * @param percent whether the limit is a share of all requests
 */
record FailCondition(
    String text, String measure, String comparison, double limit, boolean percent) {

  /**
   * Reads a list of conditions separated by commas.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  static List<FailCondition> parse(String list) {
    List<FailCondition> conditions = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      if (!part.isBlank()) {
        conditions.add(parseOne(part.strip()));
      }
    }
    return conditions;
  }

  private static FailCondition parseOne(String text) {
    int at = 0;
    while (at < text.length() && "<>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    int after = at + (text.startsWith("=", at + 1) ? 2 : 1);
    if (at == 0 || after >= text.length()) {
      throw refused(text, "expected for example p99>50ms");
    }
    String measure = text.substring(0, at).strip();
    String value = text.substring(after).strip();
    boolean share = value.endsWith("%");
    double limit = limit(text, measure, share ? value.substring(0, value.length() - 1) : value);
    if (share && !measure.equals("errors")) {
      throw refused(text, "only errors can be a percentage");
    }
    return new FailCondition(text, measure, text.substring(at, after), limit, share);
  }

  private static double limit(String text, String measure, String value) {
    try {
      return switch (measure) {
        case "errors", "rps", "requests" -> GoNumbers.parseFloat(value);
        case "avg", "min", "max" -> GoDuration.parse(value);
        default -> {
          if (!measure.startsWith("p")) {
            throw refused(text, "unknown measure " + GoQuote.quote(measure));
          }
          double percentile = GoNumbers.parseFloat(measure.substring(1));
          if (!(percentile >= 0 && percentile <= 100)) {
            throw refused(text, "no percentile: " + measure);
          }
          yield GoDuration.parse(value);
        }
      };
    } catch (FlagValueException e) {
      throw refused(text, e.reason());
    }
  }

  private static IllegalArgumentException refused(String text, String reason) {
    return new IllegalArgumentException(
        "invalid condition " + GoQuote.quote(text) + " for flag -fail-on: " + reason);
  }

  /** Whether the run fails by this condition. A run without successes has no latencies. */
  boolean holds(Report report) {
    double value = value(report);
    return switch (comparison) {
      case "<" -> value < limit;
      case "<=" -> value <= limit;
      case ">" -> value > limit;
      default -> value >= limit;
    };
  }

  private double value(Report report) {
    LatencyHistogram times = report.response().orElse(report.service());
    return switch (measure) {
      case "errors" ->
          percent
              ? 100.0 * report.failures() / Math.max(1, report.requests())
              : (double) report.failures();
      case "rps" -> report.requestsPerSecond();
      case "requests" -> (double) report.requests();
      case "avg" -> times.meanNanos();
      case "min" -> (double) times.minNanos();
      case "max" -> (double) times.maxNanos();
      default -> (double) times.percentileNanos(Double.parseDouble(measure.substring(1)));
    };
  }
}
