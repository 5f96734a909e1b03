// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A span of time.
 *
 * @param start its first moment
 * @param end the first moment after it
 */
public record TimeSpan(Instant start, Instant end) {
  /** Whether a sample was taken in this span. */
  public boolean contains(RecordedEvent event) {
    Instant time = event.getStartTime();
    return !time.isBefore(start) && time.isBefore(end);
  }

  /** When it began, in ns since 1970. */
  public long startNanos() {
    return TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano();
  }

  /** How long it is, in ns. */
  public long durationNanos() {
    return Duration.between(start, end).toNanos();
  }
}
