// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.jfr.LabelChanges;
import io.pprof4j.profile.Label;
import java.util.List;
import jdk.jfr.Recording;

/** Tells the flight recorder of every change of labels, while a recording asks for it. */
public final class LabelEvents {
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
  public static void tell() {
    // Set here and not at start-up, because it loads the flight recorder.
    LabelTracker.get().listener(LabelEvents::changed);
  }

  private static void changed(List<Label> before, List<Label> after) {
    LabelChangeEvent event = new LabelChangeEvent();
    if (event.shouldCommit()) {
      event.before = LabelChanges.encode(before);
      event.after = LabelChanges.encode(after);
      event.commit();
    }
  }
}
