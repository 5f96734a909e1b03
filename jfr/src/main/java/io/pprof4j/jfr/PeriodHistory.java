// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.jfr.internal.Periods;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Which period an event of the JDK had at which time. When several recordings run, the JVM takes
 * the shortest period of them all, and says so whenever it changes ({@code jdk.ActiveSetting}).
 */
public final class PeriodHistory {
  /** The event to enable in a recording. */
  public static final String EVENT = "jdk.ActiveSetting";

  private final long eventType;
  private final long defaultNanos;
  private final NavigableMap<Instant, Long> nanosSince = new TreeMap<>();
  private long limitNanos = Long.MAX_VALUE;

  /**
   * The history of an event's period.
   *
   * @param eventType {@link jdk.jfr.EventType#getId}
   * @param defaultNanos the period where the recording does not tell
   */
  public PeriodHistory(long eventType, long defaultNanos) {
    this.eventType = eventType;
    this.defaultNanos = defaultNanos;
  }

  /** A period as recordings write it ({@code 20 ms}), in nanoseconds; empty if it is none. */
  public static OptionalLong parse(String period) {
    return Periods.parse(period);
  }

  /**
   * Says that another recording, whose events are not here, has asked for a period all the time.
   */
  public void limit(long nanos) {
    limitNanos = Math.min(limitNanos, nanos);
  }

  /** Learns from an event, whichever it is. */
  public void note(RecordedEvent event) {
    if (event.getEventType().getName().equals(EVENT)
        && event.getLong("id") == eventType
        && "period".equals(event.getString("name"))) {
      Periods.parse(event.getString("value"))
          .ifPresent(nanos -> nanosSince.put(event.getStartTime(), nanos));
    }
  }

  /** The period in nanoseconds that was in force at a time. */
  public long at(Instant time) {
    Map.Entry<Instant, Long> entry = nanosSince.floorEntry(time);
    if (entry == null) {
      entry = nanosSince.firstEntry();
    }
    return Math.min(limitNanos, entry == null ? defaultNanos : entry.getValue());
  }
}
