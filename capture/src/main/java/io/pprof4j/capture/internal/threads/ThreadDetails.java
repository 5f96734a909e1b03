// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.internal.Quoted;
import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.VirtualThreads;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread waits for and holds, on whom it runs and for how long it has waited, at about the
 * time of a dump. Locks of java.util.concurrent are seen from those who wait for them: to ask the
 * JVM for all that a thread holds makes it go over the whole heap while everything stands still.
 */
final class ThreadDetails {
  /** Threads that are asked about at once, and stopped for that: about a millisecond. */
  private static final int BATCH = 64;

  private final Map<Long, ThreadInfo> infoOfThread = new HashMap<>();
  private final Map<Long, List<String>> linesOfThread = new HashMap<>();

  private ThreadDetails() {}

  /** Asks about the threads of a dump. */
  static ThreadDetails take(List<DumpedThread> dump, LastingWaits waits) {
    ThreadDetails details = new ThreadDetails();
    details.askJvm();
    for (DumpedThread dumped : dump) {
      ThreadInfo info = details.infoOfThread.get(ThreadIds.of(dumped.thread()));
      if (VirtualThreads.isVirtual(dumped.thread())) {
        details.addVirtual(dumped.thread());
      } else if (info != null && isOfTheSameWait(dumped, info)) {
        details.addPlatform(dumped, info);
      }
    }
    waits
        .secondsAtLeast(details.infoOfThread.values())
        .forEach(
            (thread, seconds) -> {
              if (seconds > 0) {
                details.add(thread, "has waited for at least %d s".formatted(seconds));
              }
            });
    return details;
  }

  private void askJvm() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    boolean monitors = threads.isObjectMonitorUsageSupported();
    long[] ids = threads.getAllThreadIds();
    for (int from = 0; from < ids.length; from += BATCH) {
      long[] batch = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + BATCH));
      for (ThreadInfo info : threads.getThreadInfo(batch, monitors, false)) {
        if (info != null) {
          infoOfThread.put(info.getThreadId(), info);
        }
      }
    }
  }

  private void add(long thread, String line) {
    linesOfThread.computeIfAbsent(thread, added -> new ArrayList<>()).add(line);
  }

  /** Whether what the JVM says now is of what the thread did when its stack was taken. */
  private static boolean isOfTheSameWait(DumpedThread dumped, ThreadInfo info) {
    boolean isSleeping = dumped.state().detail().equals("sleeping");
    boolean waitsForLock = info.getLockInfo() != null;
    return dumped.state().state() == info.getThreadState() && !(isSleeping && waitsForLock);
  }

  private void addPlatform(DumpedThread dumped, ThreadInfo info) {
    long thread = info.getThreadId();
    if (info.getLockInfo() != null) {
      String lock = text(info.getLockInfo());
      add(thread, "waits for " + lock + owner(info));
      boolean isMonitor = info.getThreadState() == Thread.State.BLOCKED;
      if (info.getLockOwnerId() >= 0 && !isMonitor) {
        addHeld(info.getLockOwnerId(), lock);
      }
    }
    for (MonitorInfo monitor : info.getLockedMonitors()) {
      StackTraceElement since = monitor.getLockedStackFrame();
      if (hasFrame(dumped, since)) {
        add(thread, "holds " + text(monitor) + " since " + text(since));
      }
    }
    if (info.getBlockedTime() >= 0) {
      add(
          thread,
          "blocked %d ms and waited %d ms so far"
              .formatted(info.getBlockedTime(), info.getWaitedTime()));
    }
  }

  private static boolean hasFrame(DumpedThread dumped, StackTraceElement wanted) {
    return dumped.frames().stream()
        .anyMatch(
            frame ->
                frame.method().name().equals(wanted.getMethodName())
                    && frame.method().className().equals(wanted.getClassName()));
  }

  private static String text(StackTraceElement frame) {
    return "%s.%s (line %d)"
        .formatted(frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
  }

  private void addVirtual(Thread thread) {
    long id = ThreadIds.of(thread);
    Thread carrier = LockOwners.carrierOf(thread);
    if (carrier != null) {
      add(id, "carried by " + name(carrier));
      add(ThreadIds.of(carrier), "carries " + name(thread));
    }
    Object blocker = LockSupport.getBlocker(thread);
    if (blocker != null) {
      String lock =
          blocker.getClass().getName()
              + "@"
              + Integer.toHexString(System.identityHashCode(blocker));
      Thread owner = LockOwners.ownerOf(blocker);
      add(id, "waits for " + lock + (owner == null ? "" : ", held by " + name(owner)));
      if (owner != null) {
        addHeld(ThreadIds.of(owner), lock);
      }
    }
  }

  /** Once, however many wait for it. */
  private void addHeld(long owner, String lock) {
    String line = "holds " + lock;
    if (!linesOfThread.getOrDefault(owner, List.of()).contains(line)) {
      add(owner, line);
    }
  }

  /** What is known of a thread, line by line. */
  List<String> lines(Thread thread) {
    return linesOfThread.getOrDefault(ThreadIds.of(thread), List.of());
  }

  private static String text(LockInfo lock) {
    return lock.getClassName() + "@" + Integer.toHexString(lock.getIdentityHashCode());
  }

  private static String name(Thread thread) {
    return name(ThreadIds.of(thread), thread.getName());
  }

  private static String name(long thread, String name) {
    return "goroutine %d (%s)".formatted(thread, Quoted.of(name));
  }

  private static String owner(ThreadInfo info) {
    return info.getLockOwnerId() < 0
        ? ""
        : ", held by " + name(info.getLockOwnerId(), String.valueOf(info.getLockOwnerName()));
  }
}
