// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets something happen at most once in a while. Safe for use by several threads. */
final class Pace {
  private final long intervalNanos;
  private final LongSupplier clock;
  private final AtomicLong next;

  /**
   * Starts free.
   *
   * @param interval least time between two
   * @param clock nanoseconds of a clock that never goes back
   */
  Pace(Duration interval, LongSupplier clock) {
    this.intervalNanos = interval.toNanos();
    this.clock = clock;
    this.next = new AtomicLong(clock.getAsLong());
  }

  /** Takes the turn, and returns 0; or the nanoseconds until there is one again. */
  long waitNanos() {
    long now = clock.getAsLong();
    long due = next.get();
    if (due - now > 0) {
      return due - now;
    }
    return next.compareAndSet(due, now + intervalNanos) ? 0 : intervalNanos;
  }
}
