// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Objects alive at the end of a recording: async-profiler's {@code live} or the JDK's leak hunt.
 */
final class LiveRule implements EventRule {
  private static final String ASYNC_PROFILER_EVENT = "profiler.LiveObject";
  private static final String OLD_OBJECT_EVENT = "jdk.OldObjectSample";

  @Override
  public JfrKind kind() {
    return JfrKind.LIVE;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    String name = event.getEventType().getName();
    boolean isLive = name.equals(ASYNC_PROFILER_EVENT) || name.equals(OLD_OBJECT_EVENT);
    return isLive ? new Weight(1, size(event)) : Weight.NONE;
  }

  private static long size(RecordedEvent event) {
    for (String field : List.of("allocationSize", "objectSize")) {
      if (event.hasField(field)) {
        return event.getLong(field);
      }
    }
    return 0; // JDK 11 and older
  }

  @Override
  public long period() {
    return 0;
  }

  @Override
  public List<String> comments() {
    return List.of("events: sampled objects that were alive at the end; not scaled to the heap");
  }
}
