// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

import io.pprof4j.profile.Filtered;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelFrames;
import io.pprof4j.profile.LabelValue;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Turns labels into frames at the root and at the leaf, as tagroot and tagleaf ask. */
final class TagFrames {
  private TagFrames() {}

  static Profile add(Profile profile, ReportOptions options, Consumer<String> warnings) {
    String root = options.get(ReportOption.TAG_ROOT);
    String leaf = options.get(ReportOption.TAG_LEAF);
    if (root.isEmpty() && leaf.isEmpty()) {
      return profile;
    }
    String unit = options.get(ReportOption.UNIT);
    Filtered filtered =
        profile.withLabelFrames(
            new LabelFrames(keys(root), keys(leaf), labels -> name(labels, unit)));
    NoMatches.warn(filtered.unmatched(), warnings);
    return filtered.profile();
  }

  private static List<String> keys(String list) {
    return Arrays.stream(list.split(",", -1)).filter(key -> !key.isEmpty()).toList();
  }

  private static String name(List<Label> labels, String unit) {
    List<String> values = new ArrayList<>();
    boolean anyUnit =
        labels.stream()
            .anyMatch(
                label ->
                    label.value() instanceof LabelValue.Number number && !number.unit().isEmpty());
    for (Label label : labels) {
      if (label.value() instanceof LabelValue.Text text) {
        values.add(text.text());
      } else if (label.value() instanceof LabelValue.Number number) {
        values.add(Measurement.label(number.number(), number.unit(), anyUnit ? unit : ""));
      }
    }
    return values.stream().collect(Collectors.joining(","));
  }
}
