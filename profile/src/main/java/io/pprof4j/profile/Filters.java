// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.EnumSet;
import java.util.function.Predicate;

/** Applies the parts of a {@link ProfileFilter} in their order. */
final class Filters {
  private Filters() {}

  static Filtered apply(Profile profile, ProfileFilter filter) {
    EnumSet<FilterKind> matched = EnumSet.noneOf(FilterKind.class);
    Samples samples = profile.samples();
    if (filter.has(FilterKind.FOCUS, FilterKind.IGNORE, FilterKind.HIDE, FilterKind.SHOW)) {
      samples = FrameFilters.apply(samples, filter, matched);
    }
    Predicate<String> showFrom = filter.name(FilterKind.SHOW_FROM).orElse(null);
    if (showFrom != null) {
      samples = StackCuts.showFrom(samples, showFrom, matched);
    }
    if (filter.has(FilterKind.TAG_FOCUS, FilterKind.TAG_IGNORE)) {
      samples = LabelFilters.bySample(samples, filter, matched);
    }
    if (filter.has(FilterKind.TAG_SHOW, FilterKind.TAG_HIDE)) {
      samples = LabelFilters.byKey(samples, filter, matched);
    }
    Predicate<String> pruneFrom = filter.name(FilterKind.PRUNE_FROM).orElse(null);
    if (pruneFrom != null) {
      samples = StackCuts.pruneFrom(samples, pruneFrom);
    }
    EnumSet<FilterKind> unmatched = EnumSet.noneOf(FilterKind.class);
    unmatched.addAll(filter.given());
    unmatched.removeAll(matched);
    unmatched.remove(FilterKind.PRUNE_FROM);
    return new Filtered(new Profile(profile.header(), samples.locations, samples), unmatched);
  }
}
