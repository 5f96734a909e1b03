// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

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
record TimeSpan(Instant start, Instant end) {
  /** Whether a sample was taken in this span. */
  boolean contains(RecordedEvent event) {
    Instant time = event.getStartTime();
    return !time.isBefore(start) && time.isBefore(end);
  }

  long startNanos() {
    return TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano();
  }

  long durationNanos() {
    return Duration.between(start, end).toNanos();
  }
}
