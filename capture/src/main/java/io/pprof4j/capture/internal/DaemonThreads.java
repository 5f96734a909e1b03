// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.lang.System.Logger.Level;

/** Starts the library's own threads. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * Starts a daemon thread named {@code pprof4j-<name>}, which takes over nothing from the thread
   * that happens to start it, and out of which nothing escapes.
   */
  public static Thread start(String name, Runnable work) {
    Thread thread = new Thread(null, () -> runQuietly(name, work), "pprof4j-" + name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return thread;
  }

  private static void runQuietly(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      System.getLogger(DaemonThreads.class.getName()).log(Level.DEBUG, "pprof4j-" + name, e);
    }
  }
}
