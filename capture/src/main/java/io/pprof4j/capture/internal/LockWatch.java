// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.jfr.MethodDetails;
import io.pprof4j.profile.Label;
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
  private static final int MAX_DEPTH = 128;

  /** Looking may take a hundredth of one processor's time. */
  private static final int SHARE = 100;

  /** How much longer than wished a pause may be for that; else too few locks would be seen. */
  private static final int MAX_STRETCH = 10;

  /**
   * What a look found of one holder.
   *
   * @param holder the stack and the labels of the thread that holds a lock
   * @param contentions waits that began since the look before
   * @param delayNanos time that passed since the look before, times the waiters
   */
  record Held(StackKey holder, long contentions, long delayNanos) {}

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final MethodDetails details;
  private final AtomicLong lookCount = new AtomicLong();
  private final AtomicLong spentNanos = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();

  LockWatch(MethodDetails details) {
    this.details = details;
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

  /** Begins a sequence of looks. */
  Looks begin() {
    return new Looks();
  }

  /** A sequence of looks; each adds what happened since the one before. */
  final class Looks {
    private long lastNanos = System.nanoTime();
    private long costNanos;
    private Map<Long, Long> waitOfThread = new HashMap<>();

    /**
     * How long to wait before the next look: at random around the mean, so that no lock taken at a
     * fixed rhythm is always or never seen, and as long as the cost of looking demands.
     */
    long pauseNanos(long fraction) {
      long mean = Math.min(BASE_NANOS * Math.max(1, Math.min(fraction, 100)), MAX_NANOS);
      // Looks that code is still being compiled for cost many times what later ones do.
      long affordable = Math.min(Math.max(mean, costNanos * SHARE), mean * MAX_STRETCH);
      return ThreadLocalRandom.current().nextLong(affordable / 2, affordable * 3 / 2);
    }

    List<Held> look() {
      long cpuBefore = cpuNanos();
      // Without stacks and locks held, this needs no safepoint.
      ThreadInfo[] all = threads.getThreadInfo(threads.getAllThreadIds());
      long now = System.nanoTime();
      long sinceNanos = now - lastNanos;
      lastNanos = now;
      longestNanos.accumulateAndGet(sinceNanos, Math::max);
      List<Held> found = new ArrayList<>();
      Map<Long, long[]> waitersOfOwner = waiters(all);
      if (!waitersOfOwner.isEmpty()) {
        Map<Long, List<Label>> labels = LabelTracker.get().labelsOfPlatformThreads();
        for (ThreadInfo owner : owners(waitersOfOwner)) {
          if (owner != null) {
            long[] waiters = waitersOfOwner.getOrDefault(owner.getThreadId(), new long[2]);
            found.add(new Held(holder(owner, labels), waiters[1], waiters[0] * sinceNanos));
          }
        }
      }
      note(cpuNanos() - cpuBefore);
      return found;
    }

    private void note(long nanos) {
      // Quickly down, slowly up: one slow look must not keep the next ones away.
      costNanos = costNanos == 0 ? nanos : Math.min(nanos, (costNanos * 7 + nanos) / 8);
      lookCount.incrementAndGet();
      spentNanos.addAndGet(nanos);
    }

    /** Of each owner of a lock: how many wait for it, and how many of them began to since. */
    private Map<Long, long[]> waiters(ThreadInfo[] all) {
      Map<Long, long[]> waitersOfOwner = new HashMap<>();
      Map<Long, Long> waits = new HashMap<>();
      for (ThreadInfo info : all) {
        if (info != null && info.getLockOwnerId() >= 0) {
          // The counters tell one wait of a thread from its next.
          long wait = info.getBlockedCount() + info.getWaitedCount();
          Long before = waitOfThread.get(info.getThreadId());
          waits.put(info.getThreadId(), wait);
          long[] waiters =
              waitersOfOwner.computeIfAbsent(info.getLockOwnerId(), added -> new long[2]);
          waiters[0]++;
          waiters[1] += before == null ? 1 : Math.max(0, wait - before);
        }
      }
      waitOfThread = waits;
      return waitersOfOwner;
    }

    private ThreadInfo[] owners(Map<Long, long[]> waitersOfOwner) {
      long[] ids = waitersOfOwner.keySet().stream().mapToLong(Long::longValue).toArray();
      return threads.getThreadInfo(ids, MAX_DEPTH);
    }
  }

  private StackKey holder(ThreadInfo owner, Map<Long, List<Label>> labels) {
    List<JavaFrame> frames = new ArrayList<>();
    for (StackTraceElement element : owner.getStackTrace()) {
      JavaFrame frame = JavaThreadDumper.frame(element);
      frames.add(new JavaFrame(details.complete(frame.method()), frame.line()));
    }
    return new StackKey(frames, labels.getOrDefault(owner.getThreadId(), List.of()));
  }

  private long cpuNanos() {
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
