// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.jfr.internal.Periods;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The settings that a recording says it was made with ({@code jdk.ActiveSetting}): the JDK gives
 * periods as {@code 20 ms}, async-profiler its interval in nanoseconds.
 */
final class Settings {
  private final Map<Long, Long> periodOfEvent = new HashMap<>();
  private long executionSample = -1;
  private boolean asyncProfiler;
  private boolean wall;
  private long wallPeriod;

  /** Learns from an event, whichever it is. */
  void note(RecordedEvent event) {
    EventType type = event.getEventType();
    if (type.getName().equals(ExecutionRule.EVENT)) {
      executionSample = type.getId();
    } else if (type.getName().equals("jdk.ActiveSetting")) {
      noteSetting(event.getLong("id"), event.getString("name"), event.getString("value"));
    }
  }

  private void noteSetting(long eventType, String name, String value) {
    if (name == null || value == null) {
      return;
    }
    switch (name) {
      case "engine" -> asyncProfiler = true;
      case "event" -> wall = value.equals("wall");
      case "wall" -> Periods.parse(value).ifPresent(nanos -> wallPeriod = nanos);
      case "period", "interval" ->
          Periods.parse(value).ifPresent(nanos -> periodOfEvent.put(eventType, nanos));
      default -> {} // no matter here
    }
  }

  OptionalLong periodNanos() {
    Long period = periodOfEvent.get(executionSample);
    return period == null ? OptionalLong.empty() : OptionalLong.of(period);
  }

  OptionalLong wallPeriodNanos() {
    return wallPeriod > 0 ? OptionalLong.of(wallPeriod) : periodNanos();
  }

  boolean isAsyncProfiler() {
    return asyncProfiler;
  }

  /** Whether execution samples are of async-profiler's wall clock. */
  boolean isWall() {
    return wall;
  }
}
