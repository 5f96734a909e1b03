// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does a part of reading a profile until it is stopped, which its owner has to do.
 */
final class ReadingThread {
  /** What the thread does: waits for other threads, and ends when it is interrupted. */
  interface Work {
    void run() throws InterruptedException;
  }

  private final Thread thread;

  private ReadingThread(Thread thread) {
    this.thread = thread;
  }

  static ReadingThread start(String name, Work work) {
    Thread thread = new Thread(() -> runInterruptibly(work), name);
    thread.setDaemon(true);
    thread.start();
    return new ReadingThread(thread);
  }

  private static void runInterruptibly(Work work) {
    try {
      work.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts the thread and waits for its end. */
  void stop() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the thread hands over next. */
  static <T> T take(BlockingQueue<T> queue) throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading a profile");
    }
  }

  /** Throws what the thread failed with, if it did. */
  static void rethrow(@Nullable Throwable failure) throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
  }
}
