// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Lists of threads. */
public final class ThreadLists {
  private ThreadLists() {}

  /** The platform threads of this JVM, without their stacks. */
  public static List<Thread> platformThreads() {
    ThreadGroup root = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 64];
    int count = root.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[threads.length * 2];
      count = root.enumerate(threads);
    }
    return List.of(Arrays.copyOf(threads, count));
  }
}
