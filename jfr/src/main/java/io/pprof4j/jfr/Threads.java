// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** The thread that an event is about. */
public final class Threads {
  private static final String SAMPLED = "sampledThread";

  private Threads() {}

  /** The sampled thread of a sample, the thread that an event happened in otherwise. */
  public static Optional<RecordedThread> of(RecordedEvent event) {
    RecordedThread thread =
        event.hasField(SAMPLED) ? event.getThread(SAMPLED) : threadOrNull(event);
    return Optional.ofNullable(thread);
  }

  private static @Nullable RecordedThread threadOrNull(RecordedEvent event) {
    return event.hasField("eventThread") ? event.getThread("eventThread") : null;
  }

  /** The thread's name in Java, else that of the system; empty if there is neither. */
  static String name(RecordedEvent event) {
    return of(event)
        .map(thread -> thread.getJavaName() != null ? thread.getJavaName() : thread.getOSName())
        .orElse("");
  }
}
