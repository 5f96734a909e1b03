// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Requests are due by the clock, whatever the server does: the k-th one k/rate seconds after the
 * start. If all workers are busy it is sent late, but its response time counts from when it was
 * due, so that a stall of the server cannot hide ("coordinated omission").
 */
final class OpenLoopPacer implements Pacer {
  private final EventLoop loop;
  private final long start;
  private final double periodNanos;
  private final int step;
  private final long end;
  private long next;
  private final Deque<Worker> idle = new ArrayDeque<>();

  /**
   * Makes the schedule of one loop, which takes every {@code step}-th request of the run.
   *
   * @param first the number of its first request
   * @param end the number after the last request of the run
   */
  OpenLoopPacer(EventLoop loop, long start, double ratePerSecond, int first, int step, long end) {
    this.loop = loop;
    this.start = start;
    this.periodNanos = 1e9 / ratePerSecond;
    this.next = first;
    this.step = step;
    this.end = end;
  }

  private long due() {
    return start + (long) (next * periodNanos);
  }

  @Override
  public void free(Worker worker, long now) {
    if (next >= end) {
      loop.done();
    } else if (due() <= now) {
      issue(worker, now);
    } else {
      idle.addLast(worker);
    }
  }

  private void issue(Worker worker, long now) {
    long due = due();
    next += step;
    worker.issue(due, now);
  }

  @Override
  public void fire(long now) {
    while (next < end && !idle.isEmpty() && due() <= now) {
      issue(idle.removeLast(), now);
    }
    while (next >= end && !idle.isEmpty()) {
      idle.removeLast();
      loop.done();
    }
  }

  @Override
  public long nextDue() {
    return next < end && !idle.isEmpty() ? due() : NEVER;
  }

  @Override
  public long backlog(long now) {
    if (next >= end || due() > now) {
      return 0;
    }
    long last = Math.min(end - 1, (long) ((now - start) / periodNanos));
    return Math.max(0, (last - next) / step + 1);
  }
}
