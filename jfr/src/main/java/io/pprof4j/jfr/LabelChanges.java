// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import java.util.ArrayList;
import java.util.List;

/**
 * How a recording tells of the labels of threads: an event {@link #EVENT} of the thread whose
 * labels change, with those {@link #BEFORE} and {@link #AFTER} as texts.
 */
public final class LabelChanges {
  /** The event's name. */
  public static final String EVENT = "io.pprof4j.LabelChange";

  /** The field with the labels until then. */
  public static final String BEFORE = "before";

  /** The field with the labels from then on. */
  public static final String AFTER = "after";

  /** Neither is in labels that people write; one that is splits its label. */
  private static final char KEY_END = '\u0001';

  private static final char VALUE_END = '\u0002';

  private LabelChanges() {}

  /** The text of labels; numbers are left out. */
  public static String encode(List<Label> labels) {
    StringBuilder text = new StringBuilder();
    for (Label label : labels) {
      if (label.value() instanceof LabelValue.Text value) {
        text.append(label.key()).append(KEY_END).append(value.text()).append(VALUE_END);
      }
    }
    return text.toString();
  }

  /** The labels of a text. */
  public static List<Label> decode(String text) {
    List<Label> labels = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(VALUE_END); end >= 0; end = text.indexOf(VALUE_END, start)) {
      int keyEnd = text.indexOf(KEY_END, start);
      if (keyEnd >= 0 && keyEnd < end) {
        labels.add(Label.of(text.substring(start, keyEnd), text.substring(keyEnd + 1, end)));
      }
      start = end + 1;
    }
    return List.copyOf(labels);
  }
}
