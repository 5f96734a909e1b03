// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.recordings.EventStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/**
 * Who started the platform threads that are alive, as far as the flight recorder has told; it does
 * a second after the start.
 */
public final class ThreadOrigins {
  /** More threads than a JVM has. */
  private static final int MAX_THREADS = 100_000;

  /**
   * Where a thread comes from.
   *
   * @param parent identifier of the thread that started it
   * @param frame where it did so, below the JDK's own code for threads
   */
  record Origin(long parent, JavaFrame frame) {}

  private final ConcurrentMap<Long, Origin> originOfThread = new ConcurrentHashMap<>();

  /** Origins of no thread yet. */
  ThreadOrigins() {}

  /** Lets go of threads that end. */
  void forgetEnded(EventStream stream) throws EngineUnavailableException {
    stream.subscribe("jdk.ThreadEnd", this::forget, settings -> {});
  }

  /** Learns from {@code jdk.ThreadStart} with its stack. */
  void note(RecordedEvent start, List<JavaFrame> stack) {
    RecordedThread child = start.getThread("thread");
    RecordedThread parent = start.getThread("parentThread");
    Optional<JavaFrame> frame = stack.stream().filter(ThreadOrigins::isOutsideThread).findFirst();
    if (child != null
        && parent != null
        && frame.isPresent()
        && originOfThread.size() < MAX_THREADS) {
      originOfThread.put(
          child.getJavaThreadId(), new Origin(parent.getJavaThreadId(), frame.get()));
    }
  }

  private static boolean isOutsideThread(JavaFrame frame) {
    String className = frame.method().className();
    return !className.isEmpty()
        && !className.equals("java.lang.Thread")
        && !className.startsWith("jdk.internal.");
  }

  private void forget(RecordedEvent end) {
    RecordedThread thread = end.getThread("thread");
    if (thread != null) {
      originOfThread.remove(thread.getJavaThreadId());
    }
  }

  /** The origin of a thread, if it is known. */
  Optional<Origin> of(Thread thread) {
    return Optional.ofNullable(originOfThread.get(ThreadIds.of(thread)));
  }
}
