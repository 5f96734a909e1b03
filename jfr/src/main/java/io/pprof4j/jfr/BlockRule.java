// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Waits: {@code jdk.JavaMonitorEnter}, {@code jdk.JavaMonitorWait} and {@code jdk.ThreadPark}, of
 * the JDK and of async-profiler.
 */
public final class BlockRule implements EventRule {
  /** The events. */
  public static final List<String> EVENTS =
      List.of("jdk.JavaMonitorEnter", "jdk.JavaMonitorWait", "jdk.ThreadPark");

  private static final Set<String> NAMES = Set.copyOf(EVENTS);

  /** A rule for one profile. */
  public BlockRule() {}

  @Override
  public JfrKind kind() {
    return JfrKind.BLOCK;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    return NAMES.contains(event.getEventType().getName())
        ? new Weight(1, event.getDuration().toNanos())
        : Weight.NONE;
  }

  @Override
  public long period() {
    return 1;
  }

  @Override
  public List<String> comments() {
    return List.of(
        "# events: "
            + String.join(", ", EVENTS)
            + "; the JVM sends none for virtual threads that wait without their carrier");
  }
}
