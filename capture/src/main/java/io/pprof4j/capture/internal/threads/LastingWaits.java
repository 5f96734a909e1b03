// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import java.lang.management.ThreadInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long threads have been waiting. The JVM does not say when a wait began, but counts the waits
 * of each thread: one that has the same count in two dumps has waited all the time in between.
 */
final class LastingWaits {
  private record Wait(long number, long seenNanos) {}

  private final ReentrantLock lock = new ReentrantLock();
  private Map<Long, Wait> waitOfThread = new HashMap<>(); // guarded by lock

  /** Notes a dump; gives of each waiting thread for how many seconds it has waited at least. */
  Map<Long, Long> secondsAtLeast(Collection<ThreadInfo> threads) {
    long now = System.nanoTime();
    Map<Long, Wait> waits = new HashMap<>();
    Map<Long, Long> seconds = new HashMap<>();
    lock.lock();
    try {
      for (ThreadInfo info : threads) {
        if (isWaiting(info)) {
          long number = info.getBlockedCount() + info.getWaitedCount();
          Wait wait = waitOfThread.get(info.getThreadId());
          if (wait == null || wait.number() != number) {
            wait = new Wait(number, now);
          }
          waits.put(info.getThreadId(), wait);
          seconds.put(info.getThreadId(), TimeUnit.NANOSECONDS.toSeconds(now - wait.seenNanos()));
        }
      }
      waitOfThread = waits;
    } finally {
      lock.unlock();
    }
    return seconds;
  }

  private static boolean isWaiting(ThreadInfo info) {
    return switch (info.getThreadState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }
}
