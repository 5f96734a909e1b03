// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * {@code jdk.CPUTimeSample} of JDK 25 (JEP 509): one for each {@code samplingPeriod} of CPU time.
 * Each event says its own period, so recordings with different ones in force still add up.
 */
public final class CpuTimeRule implements EventRule {
  /** The event's name. */
  public static final String EVENT = "jdk.CPUTimeSample";

  private long period;
  private long failed;

  /** A rule for one profile. */
  public CpuTimeRule() {}

  @Override
  public JfrKind kind() {
    return JfrKind.CPU;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    if (!event.getEventType().getName().equals(EVENT)) {
      return Weight.NONE;
    }
    // A sample whose stack could not be walked is CPU time all the same.
    failed += event.getBoolean("failed") ? 1 : 0;
    long nanos = event.getDuration("samplingPeriod").toNanos();
    period = period == 0 ? nanos : Math.min(period, nanos);
    return new Weight(1, nanos);
  }

  @Override
  public long period() {
    return period;
  }

  @Override
  public List<String> comments() {
    return List.of("# events: " + EVENT + "; without a stack: " + failed);
  }
}
