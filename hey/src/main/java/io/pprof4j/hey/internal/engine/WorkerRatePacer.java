// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Every worker has a clock of its own: its k-th request is due k periods after the start. A worker
 * that is late sends at once until it has caught up, so that no request is lost; hey drops them.
 */
final class WorkerRatePacer implements Pacer {
  private record Turn(long due, Worker worker) {}

  private final EventLoop loop;
  private final long start;
  private final double periodNanos;
  private final Map<Worker, Long> turns = new HashMap<>();
  private final Queue<Turn> waiting = new PriorityQueue<>((a, b) -> Long.compare(a.due - b.due, 0));

  WorkerRatePacer(EventLoop loop, long start, double ratePerSecond) {
    this.loop = loop;
    this.start = start;
    this.periodNanos = 1e9 / ratePerSecond;
  }

  @Override
  public void free(Worker worker, long now) {
    if (!worker.hasBudget()) {
      loop.done();
      return;
    }
    long turn = turns.merge(worker, 1L, Long::sum);
    long due = start + (long) (turn * periodNanos);
    if (due <= now) {
      worker.issue(due, now);
    } else {
      waiting.add(new Turn(due, worker));
    }
  }

  @Override
  public void fire(long now) {
    for (Turn turn = waiting.peek(); turn != null && turn.due <= now; turn = waiting.peek()) {
      waiting.remove();
      turn.worker.issue(turn.due, now);
    }
  }

  @Override
  public long nextDue() {
    Turn next = waiting.peek();
    return next == null ? NEVER : next.due;
  }

  @Override
  public long backlog(long now) {
    return 0;
  }
}
