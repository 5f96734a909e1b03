// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The periods that a recording says it was made with ({@code jdk.ActiveSetting}): the JDK gives
 * them as {@code 20 ms}, async-profiler its interval in nanoseconds. The JDK takes the shortest of
 * all recordings that run, and says so when it changes.
 */
public final class Periods {
  private static final Map<String, Long> NANOS_OF_UNIT =
      Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L);

  /** async-profiler's default for wall: 50 ms. */
  private static final long DEFAULT_WALL_NANOS = 50_000_000;

  /** The JDK's default for samples, if a recording does not say. */
  private static final long DEFAULT_NANOS = 20_000_000;

  private final Map<String, NavigableMap<Long, Long>> periodsOfEvent = new HashMap<>();
  private boolean asyncProfiler;
  private boolean wall;
  private long wallNanos;

  /** No settings yet. */
  Periods() {}

  /**
   * Learns a setting.
   *
   * @param event name of the event that it is about
   * @param time when it came into force, in nanoseconds since the epoch
   */
  void note(String event, String name, String value, long time) {
    switch (name) {
      case "engine" -> asyncProfiler = true;
      case "event" -> wall = value.equals("wall");
      case "wall" -> parse(value).ifPresent(nanos -> wallNanos = nanos);
      case "period", "interval" ->
          parse(value)
              .ifPresent(
                  nanos ->
                      periodsOfEvent
                          .computeIfAbsent(event, added -> new TreeMap<>())
                          .put(time, nanos));
      default -> {} // no matter here
    }
  }

  /** A period as settings give it, in nanoseconds; empty if it is none. */
  public static OptionalLong parse(String value) {
    String text = value.trim().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String named = text.substring(digits).trim();
    try {
      long number = Long.parseLong(text.substring(0, digits));
      long unit = NANOS_OF_UNIT.getOrDefault(named.isEmpty() ? "ns" : named, 0L);
      boolean valid = unit > 0 && number > 0 && number <= Long.MAX_VALUE / unit;
      return valid ? OptionalLong.of(number * unit) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // everyChunk, off
    }
  }

  /** The period of an event's samples at a time, in nanoseconds. */
  long nanos(String event, long time) {
    NavigableMap<Long, Long> periods = periodsOfEvent.get(event);
    return periods == null ? DEFAULT_NANOS : at(periods, time);
  }

  private static long at(NavigableMap<Long, Long> periods, long time) {
    Map.Entry<Long, Long> last = periods.floorEntry(time);
    return (last == null ? periods.firstEntry() : last).getValue();
  }

  /** The period of wall clock samples at a time, in nanoseconds. */
  long wallNanos(long time) {
    if (wallNanos > 0) {
      return wallNanos;
    }
    NavigableMap<Long, Long> periods = periodsOfEvent.get(EventShape.EXECUTION.type());
    return periods == null ? DEFAULT_WALL_NANOS : at(periods, time);
  }

  boolean isAsyncProfiler() {
    return asyncProfiler;
  }

  /** Whether execution samples are of async-profiler's wall clock. */
  boolean isWall() {
    return wall;
  }
}
