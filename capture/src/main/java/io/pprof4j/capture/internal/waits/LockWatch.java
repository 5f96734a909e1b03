// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.labels.LabelTracker;
import io.pprof4j.jfr.MethodDetails;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at who waits for whose lock. */
final class LockWatch {
  /** The mean time between two looks at fraction 1. */
  private static final long BASE_NANOS = 10_000_000;

  private static final long MAX_NANOS = 1_000_000_000;

  /** Looking may take less than a hundredth of one processor's time, waking up included. */
  private static final int SHARE = 125;

  /** How much longer than wished a pause may be for that; else too few locks would be seen. */
  private static final int MAX_STRETCH = 10;

  /** Looks that code is still being compiled for cost many times what later ones do. */
  private static final int COLD_LOOKS = 20;

  /**
   * What a look found of one holder.
   *
   * @param holder the stack and the labels of the thread that holds a lock
   * @param contentions waits that began since those who wait were last seen to
   * @param waiters how many wait for it
   */
  record Held(StackKey holder, long contentions, long waiters) {}

  /**
   * Two looks, one after the other. Of the time between them each stands for a half: pauses are
   * longer after looks that found something, which cost more, so if a look stood for all time since
   * the one before, the ends of holds would be missed more often than their starts are added.
   *
   * @param sinceNanos when the first was, by {@link System#nanoTime}
   * @param untilNanos when the second was
   */
  record Span(long sinceNanos, long untilNanos, List<Held> before, List<Held> after) {
    /** Adds what happened between two times to sums, as far as it is between the looks too. */
    void addTo(StackCounts sums, long fromNanos, long toNanos) {
      long start = fromNanos - sinceNanos > 0 ? fromNanos : sinceNanos;
      long end = toNanos - untilNanos < 0 ? toNanos : untilNanos;
      long half = Math.max(0, end - start) / 2;
      for (Held held : before) {
        sums.add(held.holder(), 0, held.waiters() * half);
      }
      for (Held held : after) {
        sums.add(held.holder(), held.contentions(), held.waiters() * half);
      }
    }
  }

  /** Of one owner of locks: how many wait for it, and how many of them began to since. */
  private static final class Waiters {
    private long count;
    private long begun;
  }

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final MethodDetails details;
  private final AtomicLong lookCount = new AtomicLong();
  private final AtomicLong spentNanos = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();

  LockWatch(MethodDetails details) {
    this.details = details;
  }

  private static WaitingThreads best(MethodDetails details) {
    try {
      NativeSampler library = NativeSampler.get();
      return library.knowsLocks()
          ? new NativeWaitingThreads(library)
          : new JavaWaitingThreads(details);
    } catch (EngineUnavailableException e) {
      return new JavaWaitingThreads(details);
    }
  }

  /** What looking has cost so far and how coarse it was, for a profile's comments. */
  String receipt() {
    long looks = lookCount.get();
    return "looks: %d, %d us of CPU time each, at most %d ms apart"
        .formatted(
            looks,
            looks == 0 ? 0 : spentNanos.get() / looks / 1000,
            TimeUnit.NANOSECONDS.toMillis(longestNanos.get()));
  }

  /** Begins a sequence of looks, all by the calling thread. */
  Looks begin() {
    return new Looks();
  }

  /** A sequence of looks; each adds what happened since the one before. */
  final class Looks {
    private final WaitingThreads waitingThreads = best(details);
    private long lastNanos = System.nanoTime();
    private long lastCpuNanos = cpuNanos();
    private long costNanos;
    private long looks;
    private final BegunWaits begunWaits = new BegunWaits(threads);
    private List<Held> last = List.of();

    /**
     * How long to wait before the next look: at random around the mean, so that no lock taken at a
     * fixed rhythm is always or never seen, and as long as the cost of looking demands.
     */
    long pauseNanos(long fraction) {
      long mean = Math.min(BASE_NANOS * Math.max(1, Math.min(fraction, 100)), MAX_NANOS);
      long affordable = Math.min(Math.max(mean, costNanos * SHARE), mean * MAX_STRETCH);
      return ThreadLocalRandom.current().nextLong(affordable / 2, affordable * 3 / 2);
    }

    Span look() {
      ThreadInfo[] infos = begunWaits.look(waitingThreads.mayWait());
      long now = System.nanoTime();
      long sinceNanos = now - lastNanos;
      lastNanos = now;
      longestNanos.accumulateAndGet(sinceNanos, Math::max);
      Map<Long, Waiters> waiters = waiters(infos);
      List<Held> before = last;
      last = waiters.isEmpty() ? List.of() : held(waiters);
      note();
      return new Span(now - sinceNanos, now, before, last);
    }

    /** All that the thread has spent since the look before, waking up and adding sums included. */
    private void note() {
      long now = cpuNanos();
      long spent = now - lastCpuNanos;
      lastCpuNanos = now;
      looks++;
      long mean = looks == 1 ? spent : (costNanos * 7 + spent) / 8;
      costNanos = looks < COLD_LOOKS ? Math.min(spent, mean) : mean;
      lookCount.incrementAndGet();
      spentNanos.addAndGet(spent);
    }

    private Map<Long, Waiters> waiters(ThreadInfo[] infos) {
      Map<Long, Waiters> waitersOfOwner = new HashMap<>();
      for (ThreadInfo info : infos) {
        if (info == null) {
          continue;
        }
        long begun = begunWaits.of(info);
        if (info.getLockOwnerId() >= 0) {
          Waiters waiters =
              waitersOfOwner.computeIfAbsent(info.getLockOwnerId(), added -> new Waiters());
          waiters.count++;
          waiters.begun += begun;
        }
      }
      return waitersOfOwner;
    }

    private List<Held> held(Map<Long, Waiters> waiters) {
      long[] owners = waiters.keySet().stream().mapToLong(Long::longValue).toArray();
      List<Held> found = new ArrayList<>();
      waitingThreads
          .stacks(owners)
          .forEach(
              (owner, frames) -> {
                Waiters its = waiters.getOrDefault(ThreadIds.of(owner), new Waiters());
                StackKey holder = new StackKey(frames, LabelTracker.get().labelsOf(owner));
                found.add(new Held(holder, its.begun, its.count));
              });
      return found;
    }
  }

  private long cpuNanos() {
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
