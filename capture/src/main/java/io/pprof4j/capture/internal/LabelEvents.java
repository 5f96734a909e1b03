// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;

/** Tells the flight recorder of every change of labels, while a recording asks for it. */
final class LabelEvents {
  /** Neither is in labels that people write; one that is splits its label. */
  private static final char KEY_END = '\u0001';

  private static final char VALUE_END = '\u0002';

  private LabelEvents() {}

  /** Makes a recording hold changes of labels, and the starts of threads, which inherit them. */
  static void enable(Recording recording) {
    tell();
    recording.enable(LabelChangeEvent.class);
    if (LabelTracker.get().isUsed()) {
      recording.enable("jdk.ThreadStart").withoutStackTrace();
    }
  }

  /** Sends events from now on to whoever has enabled them. */
  static void tell() {
    // Set here and not at start-up, because it loads the flight recorder.
    LabelTracker.get().listener(LabelEvents::changed);
  }

  private static void changed(List<Label> before, List<Label> after) {
    LabelChangeEvent event = new LabelChangeEvent();
    if (event.shouldCommit()) {
      event.before = encode(before);
      event.after = encode(after);
      event.commit();
    }
  }

  private static String encode(List<Label> labels) {
    StringBuilder text = new StringBuilder();
    for (Label label : labels) {
      if (label.value() instanceof LabelValue.Text value) {
        text.append(label.key()).append(KEY_END).append(value.text()).append(VALUE_END);
      }
    }
    return text.toString();
  }

  /** The labels that an event names. */
  static List<Label> decode(String text) {
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
