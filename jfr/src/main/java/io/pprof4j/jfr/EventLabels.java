// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.Label;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** Chooses the labels of the sample that an event becomes. */
@FunctionalInterface
public interface EventLabels {
  /** No labels. */
  EventLabels NONE = event -> List.of();

  /** The name of the thread, as the label {@code thread}. */
  EventLabels THREAD =
      event -> {
        String name = Threads.name(event);
        return name.isEmpty() ? List.of() : List.of(Label.of("thread", name));
      };

  /** The labels of an event's sample. */
  List<Label> of(RecordedEvent event);
}
