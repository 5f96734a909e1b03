// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a profile must hold to beside its base, and how sure its breach must be: {@code
 * flat>2,cum>5,total>10%,min=50,sigma=2}.
 *
 * @param rules the rules; at least one
 * @param minSamples how many samples a growth must rest on, in base and new profile together; also
 *     how many each of the two must have for any judgement
 * @param sigma how many standard deviations of the sampling a growth must exceed
 */
public record CheckRules(List<CheckRule> rules, long minSamples, double sigma) {
  private static final long MIN_SAMPLES = 30;
  private static final double SIGMA = 3;

  /** Copies the list. */
  public CheckRules {
    rules = List.copyOf(rules);
  }

  /**
   * Reads rules and settings, separated by commas.
   *
   * @throws ReportException if a part is malformed or there is no rule
   */
  public static CheckRules parse(String text) throws ReportException {
    List<CheckRule> rules = new ArrayList<>();
    long minSamples = MIN_SAMPLES;
    double sigma = SIGMA;
    for (String part : text.split(",", -1)) {
      String item = part.strip();
      if (item.startsWith("min=")) {
        minSamples = (long) setting(item);
      } else if (item.startsWith("sigma=")) {
        sigma = setting(item);
      } else {
        rules.add(CheckRule.parse(item));
      }
    }
    if (rules.isEmpty()) {
      throw new ReportException("check \"" + text + "\" has no rule, such as flat>2");
    }
    return new CheckRules(rules, minSamples, sigma);
  }

  private static double setting(String item) throws ReportException {
    try {
      double value = Double.parseDouble(item.substring(item.indexOf('=') + 1));
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      // As a negative number.
    }
    throw new ReportException("check setting \"" + item + "\": expected a number of 0 or more");
  }
}
