// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import java.lang.Thread.State;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many waits for locks began, by the JVM's counters of each thread.
 *
 * <p>For monitors that is exact, however short the waits are: the counter of a thread counts
 * nothing else, so all that it grew since the thread was last seen to wait are contentions. A
 * thread that waits for a {@link java.util.concurrent.locks.Lock} is parked, and is counted as it
 * is when it sleeps or when a pool has no work for it. So that counter is believed only of threads
 * that are not seen to wait for anything but locks; of others each wait that is seen counts once.
 */
final class BegunWaits {
  /** A thread needs to have been looked at so often before its counter of parks is believed. */
  private static final int MIN_VISITS = 8;

  /** So many threads more than at last are let be before those that have ended are forgotten. */
  private static final int MAX_ENDED = 1024;

  private static final ThreadInfo[] NONE = {};

  /** What is known of one thread. */
  private static final class Seen {
    private long blocked;
    private long waited;

    /** The last look at which it waited for an owner; 0 if there was none. */
    private long look;

    /**
     * A bit for each visit, which is at the look after one at which it waited for an owner: whether
     * it waited for something else.
     */
    private long elsewhere = -1L << (Long.SIZE - MIN_VISITS);

    Seen(long blocked) {
      this.blocked = blocked;
    }
  }

  private final ThreadMXBean bean;
  private final Map<Long, Seen> threads = new HashMap<>();
  private final Set<Long> visited = new HashSet<>();
  private long look;
  private int maxThreads;

  /** Begins with the threads that there are, which may have waited before. */
  BegunWaits(ThreadMXBean bean) {
    this.bean = bean;
    for (ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (info != null) {
        threads.put(info.getThreadId(), new Seen(info.getBlockedCount()));
      }
    }
    maxThreads = threads.size() + MAX_ENDED;
  }

  /**
   * Begins a look.
   *
   * @param mayWait the threads that may wait now
   * @return what is known of them, and of those that waited at the look before
   */
  ThreadInfo[] look(long[] mayWait) {
    look++;
    if (threads.size() > maxThreads) {
      forgetEnded();
    }
    for (long thread : mayWait) {
      visited.add(thread);
    }
    long[] ids = visited.stream().mapToLong(Long::longValue).toArray();
    visited.clear();
    // Without stacks and locks held, this needs no safepoint.
    return ids.length == 0 ? NONE : bean.getThreadInfo(ids);
  }

  private void forgetEnded() {
    Set<Long> live = new HashSet<>();
    Arrays.stream(bean.getAllThreadIds()).forEach(live::add);
    threads.keySet().retainAll(live);
    maxThreads = threads.size() + MAX_ENDED;
  }

  /**
   * The waits for locks that a thread began since it was last seen in one; 0 if it is in none now.
   *
   * @param info of this look, for which it is asked once
   */
  long of(ThreadInfo info) {
    boolean isWaiting = info.getLockOwnerId() >= 0;
    // One that is not known was started since.
    Seen seen = threads.computeIfAbsent(info.getThreadId(), started -> new Seen(0));
    boolean isVisit = look > 1 && seen.look == look - 1;
    if (isVisit) {
      seen.elsewhere = seen.elsewhere << 1 | (isWaiting || isRunning(info) ? 0 : 1);
    }
    if (!isWaiting) {
      return 0;
    }
    long begun;
    if (info.getThreadState() == State.BLOCKED) {
      begun = info.getBlockedCount() - seen.blocked;
      seen.blocked = info.getBlockedCount();
    } else {
      long parks = info.getWaitedCount() - seen.waited;
      begun = isVisit && seen.elsewhere == 0 ? parks : Math.min(parks, 1);
    }
    // One that waits since before the first look began that wait, too.
    begun = seen.look == 0 ? Math.max(begun, 1) : begun;
    seen.waited = info.getWaitedCount();
    seen.look = look;
    visited.add(info.getThreadId());
    return begun;
  }

  private static boolean isRunning(ThreadInfo info) {
    return switch (info.getThreadState()) {
      case WAITING, TIMED_WAITING -> false;
      default -> true;
    };
  }
}
