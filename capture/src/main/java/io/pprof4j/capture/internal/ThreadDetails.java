// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Locks that platform threads hold and wait for, at about the time of a dump. */
final class ThreadDetails {
  private final Map<Long, ThreadInfo> infoOfThread = new HashMap<>();

  private ThreadDetails() {}

  /** Asks the JVM about all platform threads; stops them for some tens of milliseconds. */
  static ThreadDetails take() {
    ThreadDetails details = new ThreadDetails();
    var threads = ManagementFactory.getThreadMXBean();
    boolean monitors = threads.isObjectMonitorUsageSupported();
    boolean synchronizers = threads.isSynchronizerUsageSupported();
    for (ThreadInfo info : threads.dumpAllThreads(monitors, synchronizers)) {
      details.infoOfThread.put(info.getThreadId(), info);
    }
    return details;
  }

  /** What is known of a thread, line by line. */
  List<String> lines(Thread thread) {
    ThreadInfo info = infoOfThread.get(ThreadIds.of(thread));
    if (info == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    if (info.getLockInfo() != null) {
      lines.add("waits for " + text(info.getLockInfo()) + owner(info));
    }
    for (MonitorInfo monitor : info.getLockedMonitors()) {
      lines.add("holds " + text(monitor) + " since " + monitor.getLockedStackFrame());
    }
    for (LockInfo lock : info.getLockedSynchronizers()) {
      lines.add("holds " + text(lock));
    }
    if (info.getBlockedTime() >= 0) {
      lines.add(
          "blocked %d ms and waited %d ms so far"
              .formatted(info.getBlockedTime(), info.getWaitedTime()));
    }
    return lines;
  }

  private static String text(LockInfo lock) {
    return lock.getClassName() + "@" + Integer.toHexString(lock.getIdentityHashCode());
  }

  private static String owner(ThreadInfo info) {
    return info.getLockOwnerId() < 0
        ? ""
        : ", held by goroutine %d (%s)"
            .formatted(info.getLockOwnerId(), Quoted.of(String.valueOf(info.getLockOwnerName())));
  }
}
