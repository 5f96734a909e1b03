// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that answer requests. There are as many as there are requests, up to a limit; from
 * there on requests stand in line, since most answers take milliseconds and nobody wants to ask
 * again for them. Idle threads end.
 */
final class RequestThreads {
  private static final int IDLE_SECONDS = 10;

  private final int maxThreads;
  private final Line line;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger unfinished = new AtomicInteger();

  /**
   * Starts no thread yet.
   *
   * @param name of each of the threads
   * @param maxThreads requests that are answered at once
   * @param maxWaiting requests that may stand in line besides
   */
  RequestThreads(String name, int maxThreads, int maxWaiting) {
    this.maxThreads = maxThreads;
    this.line = new Line(maxWaiting);
    this.threads =
        new ThreadPoolExecutor(
            0,
            maxThreads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            line,
            work -> Vigil.daemon(work, name),
            (request, pool) -> line.addLast(request));
  }

  /**
   * Runs a request on one of the threads, now or in its turn.
   *
   * @throws RejectedExecutionException if the line is full
   */
  void execute(Runnable request) {
    boolean isTaken = false;
    unfinished.incrementAndGet();
    try {
      threads.execute(
          () -> {
            try {
              request.run();
            } finally {
              unfinished.decrementAndGet();
            }
          });
      isTaken = true;
    } finally {
      if (!isTaken) {
        unfinished.decrementAndGet();
      }
    }
  }

  /** Takes a request only where a thread is free for it, or none can be added. */
  private final class Line extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;

    Line(int capacity) {
      super(capacity);
    }

    @Override
    public boolean offer(Runnable request) {
      int size = threads.getPoolSize();
      return (size >= maxThreads || unfinished.get() <= size) && super.offer(request);
    }

    /** For requests that came when the last thread was being added. */
    void addLast(Runnable request) {
      if (!super.offer(request)) {
        throw new RejectedExecutionException("too many requests are waiting");
      }
    }
  }
}
