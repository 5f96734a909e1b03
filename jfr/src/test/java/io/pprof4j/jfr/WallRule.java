// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * async-profiler's wall clock samples: {@code profiler.WallClockSample}, which may stand for
 * several, and in older files {@code jdk.ExecutionSample} with the setting {@code event=wall}.
 */
final class WallRule implements EventRule {
  /** async-profiler's default for wall: 50 ms. */
  private static final long DEFAULT_PERIOD_NANOS = 50_000_000;

  private final Settings settings = new Settings();

  @Override
  public JfrKind kind() {
    return JfrKind.WALL;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    settings.note(event);
    String name = event.getEventType().getName();
    if (name.equals("profiler.WallClockSample")) {
      long samples = event.hasField("samples") ? Math.max(1, event.getLong("samples")) : 1;
      return new Weight(samples, samples);
    }
    return name.equals(ExecutionRule.EVENT) && settings.isWall() ? new Weight(1, 1) : Weight.NONE;
  }

  @Override
  public long period() {
    return settings.wallPeriodNanos().orElse(DEFAULT_PERIOD_NANOS);
  }

  @Override
  public boolean isAmountInPeriods() {
    return true;
  }

  @Override
  public List<String> comments() {
    return List.of("events: wall clock samples of async-profiler");
  }
}
