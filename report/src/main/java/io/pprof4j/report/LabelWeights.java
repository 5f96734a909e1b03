// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.report.internal.print.TagsReport;
import java.util.List;

/**
 * The labels of a profile and how much of it they are on.
 *
 * @param keys the label keys, in order
 * @param total what shares are of, in the unit of the profile
 */
public record LabelWeights(List<Key> keys, long total) {
  /** Copies the list. */
  public LabelWeights {
    keys = List.copyOf(keys);
  }

  /**
   * A label key.
   *
   * @param name the key
   * @param values its values, heaviest first
   */
  public record Key(String name, List<Value> values) {
    /** Copies the list. */
    public Key {
      values = List.copyOf(values);
    }
  }

  /**
   * A value of a label.
   *
   * @param name text, or number with unit
   * @param weight sum of the samples that have it, in the unit of the profile
   * @param text the weight with the unit of the report
   */
  public record Value(String name, long weight, String text) {}

  static LabelWeights of(TagsReport tags) {
    return new LabelWeights(
        tags.keys().stream()
            .map(
                key ->
                    new Key(
                        key.name(),
                        key.values().stream()
                            .map(
                                value ->
                                    new Value(
                                        value.name(),
                                        value.weight(),
                                        tags.format().text(value.weight())))
                            .toList()))
            .toList(),
        tags.total());
  }
}
