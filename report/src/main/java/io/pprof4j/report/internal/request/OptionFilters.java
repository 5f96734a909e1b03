// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.ProfileFilter;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.internal.pattern.SearchPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads the filters of the options. */
final class OptionFilters {
  private final ReportOptions options;
  private final ProfileFilter.Builder filter = ProfileFilter.builder();

  private OptionFilters(ReportOptions options) {
    this.options = options;
  }

  /**
   * The filter that the options describe; empty if they describe none.
   *
   * @param labelUnits units of numeric labels by key
   * @throws ReportException if an expression is malformed
   */
  static Optional<ProfileFilter> of(
      ReportOptions options, Map<String, String> labelUnits, Consumer<String> warnings)
      throws ReportException {
    // What is below takes its time to load, and most reports have no filter.
    if (!anyIsSet(options)) {
      return Optional.empty();
    }
    OptionFilters filters = new OptionFilters(options);
    filters.name(ReportOption.FOCUS, ProfileFilter.Builder::focus);
    filters.name(ReportOption.IGNORE, ProfileFilter.Builder::ignore);
    filters.name(ReportOption.HIDE, ProfileFilter.Builder::hide);
    filters.name(ReportOption.SHOW, ProfileFilter.Builder::show);
    filters.name(ReportOption.SHOW_FROM, ProfileFilter.Builder::showFrom);
    TagFilters tags = new TagFilters(labelUnits, warnings);
    filters.tag(tags, ReportOption.TAG_FOCUS, ProfileFilter.Builder::tagFocus);
    filters.tag(tags, ReportOption.TAG_IGNORE, ProfileFilter.Builder::tagIgnore);
    filters.name(ReportOption.PRUNE_FROM, ProfileFilter.Builder::pruneFrom);
    filters.name(ReportOption.TAG_SHOW, ProfileFilter.Builder::tagShow);
    filters.name(ReportOption.TAG_HIDE, ProfileFilter.Builder::tagHide);
    return Optional.of(filters.filter.build());
  }

  private static boolean anyIsSet(ReportOptions options) {
    for (ReportOption<String> option : Report.FILTERS) {
      if (!options.get(option).isEmpty()) {
        return true;
      }
    }
    return !options.get(ReportOption.PRUNE_FROM).isEmpty();
  }

  private interface Setter<P> {
    ProfileFilter.Builder set(ProfileFilter.Builder builder, P predicate);
  }

  private void name(ReportOption<String> option, Setter<Predicate<String>> setter)
      throws ReportException {
    String expression = options.get(option);
    if (!expression.isEmpty()) {
      SearchPattern pattern =
          SearchPattern.compile("parsing " + option.name() + " regexp: ", expression);
      setter.set(filter, pattern.finder());
    }
  }

  private void tag(
      TagFilters tags, ReportOption<String> option, Setter<Predicate<List<Label>>> setter)
      throws ReportException {
    String expression = options.get(option);
    if (!expression.isEmpty()) {
      setter.set(filter, tags.compile(option.name(), expression));
    }
  }
}
