// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.NumericLabelUnits;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.internal.request.Granularity;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import io.pprof4j.report.internal.request.SampleValues;
import java.util.List;
import java.util.Optional;

/**
 * What a profile is of, before any report is made of it.
 *
 * @param file base name of the main binary; empty if unknown
 * @param type name of the chosen values: {@code cpu}
 * @param labels lines for people: file, build, type, time, duration and total
 * @param total sum of the sizes of the chosen values
 */
public record ProfileSummary(String file, String type, List<String> labels, long total) {
  /** Copies the list. */
  public ProfileSummary {
    labels = List.copyOf(labels);
  }

  /**
   * Describes a profile.
   *
   * @throws ReportException if the options choose values that the profile does not have
   */
  public static ProfileSummary of(Profile profile, ReportOptions options, ReportContext context)
      throws ReportException {
    NumericLabelUnits units = profile.numericLabelUnits();
    units.messages().forEach(context.warnings());
    SampleValues values = SampleValues.of(profile, options);
    if (options.get(ReportOption.DIVIDE_BY) == 0) {
      throw new ReportException("zero divisor specified");
    }
    Report report =
        new Report(
            profile,
            ReportFormat.TEXT,
            options,
            Granularity.of(options),
            Optional.empty(),
            values,
            values.total(profile),
            units.units());
    List<String> labels =
        new ReportLabels(report, report.valueFormat(), context.zone()).ofProfile();
    return new ProfileSummary(report.title(), values.type(), labels, report.total());
  }
}
