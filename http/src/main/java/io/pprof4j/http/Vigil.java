// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches over a collection that takes time, and interrupts its thread when the client has gone: on
 * the server's word, or when writing to the client fails. What it writes now and then also keeps
 * servers and proxies from taking the connection for an idle one.
 */
final class Vigil {
  private static final long BEAT_MILLIS = 1000;

  /**
   * Where the server tells of clients that leave, short windows need not write before their end.
   */
  private static final long SLOW_BEAT_MILLIS = 2000;

  /** Writes something that means nothing. */
  interface Beat {
    void beat() throws IOException;
  }

  private final Thread collector = Thread.currentThread();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isOver; // guarded by lock
  private boolean hasLeft; // guarded by lock

  private long beatMillis = BEAT_MILLIS; // written before there is another thread

  private Vigil() {}

  /**
   * Watches over what the calling thread does until the vigil is closed.
   *
   * @param beat writes to the client; called by another thread, never after the vigil is closed
   */
  static Vigil keep(PprofExchange exchange, ScheduledExecutorService clock, Beat beat) {
    Vigil vigil = new Vigil();
    if (exchange.onDisconnect(vigil::leave)) {
      vigil.beatMillis = SLOW_BEAT_MILLIS;
    }
    vigil.schedule(clock, beat);
    return vigil;
  }

  /** A thread that keeps time for many vigils, and exists only while there are any. */
  static ScheduledExecutorService newClock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, work -> daemon(work, "pprof4j-http-vigil"));
    clock.setKeepAliveTime(5, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  private void schedule(ScheduledExecutorService clock, Beat beat) {
    Future<?> unused =
        clock.schedule(() -> beatOnce(clock, beat), beatMillis, TimeUnit.MILLISECONDS);
  }

  private void beatOnce(ScheduledExecutorService clock, Beat beat) {
    lock.lock();
    try {
      if (!isOver) {
        beat.beat();
        schedule(clock, beat);
      }
    } catch (IOException e) {
      leave();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      if (!isOver) {
        hasLeft = true;
        collector.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the vigil; an interrupt that came too late is taken back. */
  void close() {
    lock.lock();
    try {
      isOver = true;
      if (hasLeft) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
