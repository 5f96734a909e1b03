// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.jfr.internal.NativeWaits;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/**
 * {@code jdk.ExecutionSample}: what runnable threads did at regular times. The JDK's samples say
 * that a thread could run, not that it did; async-profiler's, under the same name, are taken by CPU
 * time. {@code jdk.NativeMethodSample} is its twin for threads in native code; those that visibly
 * wait there are left out.
 */
public final class ExecutionRule implements EventRule {
  /** The event for threads in Java code, and of async-profiler. */
  public static final String EVENT = "jdk.ExecutionSample";

  /** The event for threads in native code. */
  public static final String NATIVE_EVENT = "jdk.NativeMethodSample";

  /** jdk.ActiveSetting: the JDK's default period, if a recording does not say. */
  private static final long DEFAULT_PERIOD_NANOS = 20_000_000;

  private final Settings settings = new Settings();
  private final @Nullable ToLongFunction<Instant> periodAt;
  private long shortest = Long.MAX_VALUE;

  /** A rule that takes the period from the recording. */
  public ExecutionRule() {
    periodAt = null;
  }

  /**
   * A rule for a recording whose period changes.
   *
   * @param periodAt the period in nanoseconds that was in force at a time
   */
  public ExecutionRule(ToLongFunction<Instant> periodAt) {
    this.periodAt = periodAt;
  }

  @Override
  public JfrKind kind() {
    return JfrKind.CPU;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    settings.note(event);
    String name = event.getEventType().getName();
    boolean counts =
        (name.equals(EVENT) && !settings.isWall())
            || (name.equals(NATIVE_EVENT) && !isWaiting(event.getStackTrace()));
    return counts ? new Weight(1, amount(event)) : Weight.NONE;
  }

  private long amount(RecordedEvent event) {
    if (periodAt == null) {
      return 1;
    }
    long period = periodAt.applyAsLong(event.getStartTime());
    shortest = Math.min(shortest, period);
    return period;
  }

  private static boolean isWaiting(@Nullable RecordedStackTrace stack) {
    if (stack == null || stack.getFrames().isEmpty()) {
      return true;
    }
    RecordedFrame leaf = stack.getFrames().get(0);
    return leaf.getMethod() == null || NativeWaits.contains(leaf.getMethod().getName());
  }

  @Override
  public long period() {
    return shortest < Long.MAX_VALUE
        ? shortest
        : settings.periodNanos().orElse(DEFAULT_PERIOD_NANOS);
  }

  @Override
  public boolean isAmountInPeriods() {
    return periodAt == null;
  }

  @Override
  public List<String> comments() {
    String period = "period " + TimeUnit.NANOSECONDS.toMicros(period()) + " us";
    return settings.isAsyncProfiler()
        ? List.of("events: " + EVENT + " of async-profiler, " + period)
        : List.of(
            "events: " + EVENT + ", " + period + "; it samples runnable states, not CPU time");
  }
}
