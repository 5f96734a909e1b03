// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.Filtered;
import io.pprof4j.profile.NumericLabelUnits;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.ReportRequest;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.internal.pattern.SearchPattern;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A profile that is filtered and ready to be reported, with all that the options say settled.
 *
 * @param profile the profile, filtered; frames still have all their details
 * @param format what to report
 * @param options the settings, with what the format overrides
 * @param granularity what tells nodes apart
 * @param pattern which functions to show; empty if the format takes none
 * @param values which values to show
 * @param total what percentages refer to
 * @param labelUnits units of numeric labels by key
 */
public record Report(
    Profile profile,
    ReportFormat format,
    ReportOptions options,
    Granularity granularity,
    Optional<SearchPattern> pattern,
    SampleValues values,
    long total,
    Map<String, String> labelUnits) {
  /** The filters that a report tells of: all but {@code prune_from}, as in pprof. */
  static final List<ReportOption<String>> FILTERS =
      List.of(
          ReportOption.FOCUS,
          ReportOption.IGNORE,
          ReportOption.HIDE,
          ReportOption.SHOW,
          ReportOption.SHOW_FROM,
          ReportOption.TAG_FOCUS,
          ReportOption.TAG_IGNORE,
          ReportOption.TAG_SHOW,
          ReportOption.TAG_HIDE);

  /**
   * Filters the profile as the options ask.
   *
   * @param warnings takes messages for the user
   * @throws ReportException if an option does not fit
   */
  public static Report prepare(Profile profile, ReportRequest request, Consumer<String> warnings)
      throws ReportException {
    NumericLabelUnits units = profile.numericLabelUnits();
    units.messages().forEach(warnings);
    ReportOptions options = FormatDefaults.apply(request.format(), request.options());
    Profile tagged = TagFrames.add(profile, options, warnings);
    boolean relative = options.get(ReportOption.RELATIVE_PERCENTAGES);
    Profile counted = relative ? filter(tagged, options, units, warnings) : tagged;
    SampleValues values = SampleValues.of(counted, options);
    if (options.get(ReportOption.DIVIDE_BY) == 0) {
      throw new ReportException("zero divisor specified");
    }
    Optional<SearchPattern> pattern = pattern(request);
    long total = values.total(counted);
    Profile filtered = relative ? counted : filter(tagged, options, units, warnings);
    return new Report(
        filtered,
        request.format(),
        options,
        Granularity.of(options),
        pattern,
        values,
        total,
        units.units());
  }

  private static Profile filter(
      Profile profile, ReportOptions options, NumericLabelUnits units, Consumer<String> warnings)
      throws ReportException {
    Optional<io.pprof4j.profile.ProfileFilter> filter =
        OptionFilters.of(options, units.units(), warnings);
    if (filter.isEmpty()) {
      return profile;
    }
    Filtered filtered = profile.filter(filter.get());
    NoMatches.warn(filtered.unmatched(), warnings);
    return filtered.profile();
  }

  private static Optional<SearchPattern> pattern(ReportRequest request) throws ReportException {
    if (!request.format().takesPattern()) {
      return Optional.empty();
    }
    return Optional.of(
        SearchPattern.compile(
            "parsing argument regexp " + request.pattern() + ": ", request.pattern()));
  }

  /** How values are written before the report has chosen a unit. */
  public ValueFormat valueFormat() {
    return new ValueFormat(
        values.unit(), options.get(ReportOption.UNIT), 1 / options.get(ReportOption.DIVIDE_BY));
  }

  /** Base name of the main binary; empty if unknown. */
  public String title() {
    if (profile.mappings().isEmpty() || profile.mappings().filename(0).isEmpty()) {
      return "";
    }
    return SourcePaths.baseName(profile.mappings().filename(0));
  }

  /** How frames become nodes, for reports that merge functions over binaries. */
  public NodeRules mergingRules() {
    return rules(false);
  }

  /** How frames become nodes, for reports that look into binaries. */
  public NodeRules separatingRules() {
    return rules(true);
  }

  private NodeRules rules(boolean keepObjectFile) {
    return new NodeRules(
        granularity,
        keepObjectFile,
        options.get(ReportOption.TRIM_PATH),
        options.get(ReportOption.SOURCE_PATH));
  }

  /** The options that filter, as {@code name=value}. */
  List<String> activeFilters() {
    List<String> active = new ArrayList<>();
    for (ReportOption<String> option : FILTERS) {
      if (!options.get(option).isEmpty()) {
        active.add(option.name() + "=" + options.get(option));
      }
    }
    return active;
  }
}
