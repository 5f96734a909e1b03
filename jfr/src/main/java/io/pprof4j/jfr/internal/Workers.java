// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Threads that work ahead of the one that reads a recording; or none, and then it works itself. */
final class Workers implements Closeable {
  private final @Nullable ExecutorService pool;

  /** So many threads, one of which is that of who waits for tasks. */
  Workers(int threads) {
    pool = threads < 2 ? null : Executors.newFixedThreadPool(threads - 1, Workers::thread);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pprof4j-jfr");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether there are threads. */
  boolean isAny() {
    return pool != null;
  }

  /** Starts a task. Tasks must not wait for each other. */
  <T> FutureTask<T> submit(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    if (pool == null) {
      future.run();
    } else {
      pool.execute(future);
    }
    return future;
  }

  /** Waits for what a task gives, and throws what it throws. A task that waits is done here. */
  <T> T await(FutureTask<T> task) throws IOException {
    try {
      // Nothing happens if it was begun: then it is nearly done, or a thread is at it.
      task.run();
      return task.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading a recording");
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof ProfileFormatException malformed) {
      return malformed;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /** Ends the threads, and does not wait for them. */
  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
