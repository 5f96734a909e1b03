// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/** Every worker sends its next request as soon as it has the response to the one before. */
final class ClosedLoopPacer implements Pacer {
  private final EventLoop loop;

  ClosedLoopPacer(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public void free(Worker worker, long now) {
    if (worker.hasBudget()) {
      worker.issue(now, now);
    } else {
      loop.done();
    }
  }

  @Override
  public void fire(long now) {
    // Nothing ever waits.
  }

  @Override
  public long nextDue() {
    return NEVER;
  }

  @Override
  public long backlog(long now) {
    return 0;
  }
}
