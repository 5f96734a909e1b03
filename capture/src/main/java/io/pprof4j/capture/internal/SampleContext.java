// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.jfr.EventContext;
import io.pprof4j.jfr.MethodDetails;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;

/** Names and labels for the samples that the flight recorder takes of this JVM. */
public final class SampleContext {
  private final MethodDetails details;

  /** A context with the given details of methods. */
  public SampleContext(MethodDetails details) {
    this.details = details;
  }

  /** What is known of methods. */
  MethodDetails details() {
    return details;
  }

  /** Makes a recording hold what labels need. */
  void enable(Recording recording) {
    LabelEvents.enable(recording);
  }

  /** Begins to read a recording. */
  Reading reading() {
    return new Reading();
  }

  /**
   * One reading of a recording. A recording is not in order of time, so the labels are learnt in a
   * first pass over it and looked up in a second.
   */
  final class Reading {
    private final LabelTimeline labels = new LabelTimeline();

    /** Whether a first pass has anything to learn. */
    boolean needsFirstPass() {
      return LabelTracker.get().isUsed();
    }

    void firstPass(RecordedEvent event) {
      labels.note(event);
    }

    EventContext eventContext() {
      return new EventContext(details, labels::of, MainSource.find());
    }
  }
}
