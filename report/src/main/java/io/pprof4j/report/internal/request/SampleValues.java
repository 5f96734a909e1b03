// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.internal.text.GoMath;

/**
 * Which number of a sample a report shows.
 *
 * @param column index of the sample type
 * @param mean whether it is divided by the number in column 0
 * @param type name of the value: {@code cpu}, {@code mean_delay}
 * @param unit unit of the value in the profile
 */
public record SampleValues(int column, boolean mean, String type, String unit) {

  /**
   * Chooses the column that the options name.
   *
   * @throws ReportException if the profile has no such column
   */
  public static SampleValues of(Profile profile, ReportOptions options) throws ReportException {
    if (profile.sampleTypes().isEmpty()) {
      throw new ReportException("profile has no samples");
    }
    int column = column(profile, options.get(ReportOption.SAMPLE_INDEX));
    ValueType type = profile.sampleTypes().get(column);
    boolean mean = options.get(ReportOption.MEAN);
    return new SampleValues(column, mean, mean ? "mean_" + type.type() : type.type(), type.unit());
  }

  private static int column(Profile profile, String selector) throws ReportException {
    try {
      return profile.sampleTypeIndex(selector);
    } catch (IllegalArgumentException noSuchColumn) {
      throw new ReportException(String.valueOf(noSuchColumn.getMessage()));
    }
  }

  /** The value of a sample that the report is about. */
  public long value(Samples samples, int sample) {
    return samples.value(sample, column);
  }

  /** What the value of a sample is divided by for a mean; 0 without one. */
  public long divisor(Samples samples, int sample) {
    return mean ? samples.value(sample, 0) : 0;
  }

  /**
   * Sum of the sizes of all values. If some samples are marked as the base of a difference, only
   * those count, so that percentages are shares of the base.
   */
  public long total(Profile profile) {
    boolean[] isBase = baseLabelSets(profile.labelSets());
    Samples samples = profile.samples();
    long total = 0;
    long divisor = 0;
    long baseTotal = 0;
    long baseDivisor = 0;
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      long size = Math.abs(value(samples, sample));
      long count = divisor(samples, sample);
      total += size;
      divisor += count;
      if (isBase[samples.labels(sample)]) {
        baseTotal += size;
        baseDivisor += count;
      }
    }
    return baseTotal > 0 ? GoMath.mean(baseTotal, baseDivisor) : GoMath.mean(total, divisor);
  }

  /** The label sets that mark samples of a base. */
  public static boolean[] baseLabelSets(LabelSets sets) {
    boolean[] isBase = new boolean[sets.size()];
    for (int set = 0; set < sets.size(); set++) {
      for (int label = 0; label < sets.count(set); label++) {
        isBase[set] |=
            !sets.isNumber(set, label)
                && sets.key(set, label).equals(Profile.DIFF_BASE_KEY)
                && sets.text(set, label).equals(Profile.DIFF_BASE_VALUE);
      }
    }
    return isBase;
  }
}
