// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.capture.internal.MainSource;
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
  public MethodDetails details() {
    return details;
  }

  /** Makes a recording hold what labels need. */
  public void enable(Recording recording) {
    LabelEvents.enable(recording);
  }

  /** Begins to read a recording. */
  public Reading reading() {
    return new Reading();
  }

  /**
   * One reading of a recording. A recording is not in order of time, so the labels are learnt in a
   * first pass over it and looked up in a second.
   */
  public final class Reading {
    private final LabelTimeline labels = new LabelTimeline();

    /** Whether a first pass has anything to learn. */
    public boolean needsFirstPass() {
      return LabelTracker.get().isUsed();
    }

    /** Takes an event of the first pass. */
    public void firstPass(RecordedEvent event) {
      labels.note(event);
    }

    /** What is known of events, after the first pass if there has to be one. */
    public EventContext eventContext() {
      return new EventContext(details, labels::of, MainSource.find());
    }
  }
}
