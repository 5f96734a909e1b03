// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A time after which the calling thread is interrupted, which ends its reading from and writing to
 * a channel: clients that send or take a byte now and then shall not keep threads for ever.
 */
final class Deadline {
  private final Thread worker = Thread.currentThread();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isOver; // guarded by lock
  private boolean hasPassed; // guarded by lock
  private @Nullable Future<?> alarm; // used by the worker only

  private Deadline() {}

  /** Sets a deadline for what the calling thread does until it lifts this. */
  static Deadline in(Duration time, ScheduledExecutorService clock) {
    Deadline deadline = new Deadline();
    deadline.alarm = clock.schedule(deadline::pass, time.toMillis(), TimeUnit.MILLISECONDS);
    return deadline;
  }

  private void pass() {
    lock.lock();
    try {
      if (!isOver) {
        hasPassed = true;
        worker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lifts the deadline; an interrupt that came too late is taken back. */
  void lift() {
    lock.lock();
    try {
      isOver = true;
      if (hasPassed) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
  }
}
