// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.internal.text.GoNumbers;
import java.util.Optional;

/**
 * A range of numbers in a unit: {@code 32kb}, {@code 32kb:}, {@code :64kb} or {@code 32kb:64kb},
 * bounds included.
 *
 * @param min lower bound
 * @param max upper bound
 * @param unit unit of the bounds
 */
record TagRange(double min, double max, String unit) {
  private static final Pattern NUMBER = Pattern.compile("([+-]?[0-9]+)([a-zA-Z]+)?");

  /**
   * Reads a range; empty if the text is none.
   *
   * @throws ReportException if a number does not fit into 64 bits
   */
  static Optional<TagRange> parse(String text) throws ReportException {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String first = matcher.group();
    Measurement low = bound(matcher, unit(matcher));
    if (!matcher.find()) {
      return ofOne(text, first, low);
    }
    Measurement high = bound(matcher, low.unit());
    return text.equals(first + ":" + matcher.group()) && high.unit().equals(low.unit())
        ? Optional.of(new TagRange(low.value(), high.value(), low.unit()))
        : Optional.empty();
  }

  private static Optional<TagRange> ofOne(String text, String number, Measurement bound) {
    double value = bound.value();
    if (text.equals(number)) {
      return Optional.of(new TagRange(value, value, bound.unit()));
    }
    if (text.equals(number + ":")) {
      return Optional.of(new TagRange(value, Double.POSITIVE_INFINITY, bound.unit()));
    }
    if (text.equals(":" + number)) {
      return Optional.of(new TagRange(Double.NEGATIVE_INFINITY, value, bound.unit()));
    }
    return Optional.empty();
  }

  private static Measurement bound(Matcher matcher, String unit) throws ReportException {
    return Measurement.scale(GoNumbers.parseInt(matcher.group(1)), unit(matcher), unit);
  }

  private static String unit(Matcher matcher) {
    String unit = matcher.group(2);
    return unit == null ? "" : unit;
  }

  boolean contains(long number, String numberUnit) {
    Measurement measured = Measurement.scale(number, numberUnit, unit);
    return measured.unit().equals(unit) && measured.value() >= min && measured.value() <= max;
  }
}
