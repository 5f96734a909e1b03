// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.ThreadLists;
import io.pprof4j.capture.internal.threads.JavaThreadDumper;
import io.pprof4j.jfr.MethodDetails;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/** By the JDK's own means, which stop all threads for the stacks of some. */
final class JavaWaitingThreads implements WaitingThreads {
  private static final int MAX_DEPTH = 128;

  private final ThreadMXBean bean = ManagementFactory.getThreadMXBean();
  private final MethodDetails details;

  JavaWaitingThreads(MethodDetails details) {
    this.details = details;
  }

  @Override
  public long[] mayWait() {
    return ThreadLists.platformThreads().stream()
        .filter(JavaWaitingThreads::mayWait)
        .mapToLong(ThreadIds::of)
        .toArray();
  }

  private static boolean mayWait(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED -> true;
      case WAITING, TIMED_WAITING ->
          LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer;
      default -> false;
    };
  }

  @Override
  public Map<Thread, List<JavaFrame>> stacks(long[] threads) {
    Map<Long, List<JavaFrame>> stackOfThread = new HashMap<>();
    for (ThreadInfo info : bean.getThreadInfo(threads, MAX_DEPTH)) {
      if (info != null) {
        stackOfThread.put(info.getThreadId(), frames(info));
      }
    }
    Map<Thread, List<JavaFrame>> found = new HashMap<>();
    for (Thread thread : ThreadLists.platformThreads()) {
      List<JavaFrame> stack = stackOfThread.get(ThreadIds.of(thread));
      if (stack != null) {
        found.put(thread, stack);
      }
    }
    return found;
  }

  private List<JavaFrame> frames(ThreadInfo info) {
    List<JavaFrame> complete = new ArrayList<>();
    for (StackTraceElement element : info.getStackTrace()) {
      JavaFrame frame = JavaThreadDumper.frame(element);
      complete.add(new JavaFrame(details.complete(frame.method()), frame.line()));
    }
    return complete;
  }
}
