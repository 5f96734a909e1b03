// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Samples;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.ByteOrder;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of a profile and how much of it they are on.
 *
 * @param keys the label keys, in order
 * @param total the total of the profile
 * @param format how values are written
 */
public record TagsReport(List<Key> keys, long total, ValueFormat format) {
  /**
   * A label key.
   *
   * @param name the key
   * @param total sum of all its values' weights
   * @param values its values, heaviest first
   */
  public record Key(String name, long total, List<Value> values) {}

  /**
   * A value of a label.
   *
   * @param name text, or number with unit
   * @param weight sum of the samples that have it
   */
  public record Value(String name, long weight) {}

  /** Adds up the labels of a report. */
  public static TagsReport of(Report report) {
    Map<String, Map<String, Long>> weights = new TreeMap<>(ByteOrder.COMPARATOR);
    LabelSets sets = report.profile().labelSets();
    long[] ofSet = weightBySet(report);
    boolean[] used = usedSets(report.profile().samples(), sets.size());
    for (int set = 0; set < sets.size(); set++) {
      for (int label = 0; used[set] && label < sets.count(set); label++) {
        weights
            .computeIfAbsent(sets.key(set, label), key -> new HashMap<>())
            .merge(name(report, sets, set, label), ofSet[set], Long::sum);
      }
    }
    List<Key> keys = new ArrayList<>();
    weights.forEach((name, values) -> keys.add(key(name, values)));
    return new TagsReport(keys, report.total(), report.valueFormat());
  }

  private static long[] weightBySet(Report report) {
    Samples samples = report.profile().samples();
    long[] weight = new long[report.profile().labelSets().size()];
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      weight[samples.labels(sample)] += report.values().value(samples, sample);
    }
    return weight;
  }

  private static boolean[] usedSets(Samples samples, int sets) {
    boolean[] used = new boolean[sets];
    for (int sample = 0; sample < samples.size(); sample++) {
      Interrupts.check(sample);
      used[samples.labels(sample)] = true;
    }
    return used;
  }

  private static String name(Report report, LabelSets sets, int set, int label) {
    if (!sets.isNumber(set, label)) {
      return sets.text(set, label);
    }
    String unit = report.labelUnits().getOrDefault(sets.key(set, label), "");
    return Measurement.label(
        sets.number(set, label), unit, report.options().get(ReportOption.UNIT));
  }

  private static Key key(String name, Map<String, Long> weights) {
    List<Value> values = new ArrayList<>();
    long total = 0;
    for (Map.Entry<String, Long> entry : weights.entrySet()) {
      values.add(new Value(entry.getKey(), entry.getValue()));
      total += entry.getValue();
    }
    values.sort(
        // Not by Comparator.comparing, whose lambdas no archive keeps: 10 ms of a short run.
        (a, b) -> {
          int byWeight = Long.compare(Math.abs(b.weight()), Math.abs(a.weight()));
          return byWeight != 0 ? byWeight : ByteOrder.compare(a.name(), b.name());
        });
    return new Key(name, total, values);
  }
}
