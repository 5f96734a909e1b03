// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;

/** Starts the library's own threads. */
public final class DaemonThreads {
  private static final long PAUSE_NANOS = 100_000_000;

  private DaemonThreads() {}

  /**
   * Starts a daemon thread named {@code pprof4j-<name>}, which takes over nothing from the thread
   * that happens to start it, and out of which nothing escapes.
   */
  public static Thread start(String name, Runnable work) {
    Thread thread = make(name, () -> runQuietly(name, work));
    thread.start();
    return thread;
  }

  private static Thread make(String name, Runnable work) {
    Thread thread = new Thread(null, work, "pprof4j-" + name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /**
   * Makes such a thread whose work begins again when something escapes from it: an application may
   * live on after its heap was full, and needs its profiles most then. It is not started.
   */
  public static Thread lasting(String name, Runnable work) {
    return make(name, () -> runUntilDone(name, work));
  }

  private static void runUntilDone(String name, Runnable work) {
    while (!runQuietly(name, work)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean runQuietly(String name, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      note(name, e);
      return false;
    }
  }

  /**
   * Tells those who debug of a failure that is no one's else; where there is no memory, nothing.
   */
  public static void note(String what, Throwable failure) {
    try {
      System.getLogger(DaemonThreads.class.getName()).log(Level.DEBUG, what, failure);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // There will be another occasion.
    }
  }
}
