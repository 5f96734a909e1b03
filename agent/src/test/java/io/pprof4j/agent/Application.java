// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.IOException;

/** Runs in a JVM of its own: says what it sees of the agent, and lives until its input ends. */
public final class Application {
  private Application() {}

  /** Reads until the end. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    System.out.println("sees pprof4j: " + sees("io.pprof4j.http.Pprof"));
    System.out.println("class path: " + System.getProperty("java.class.path"));
    System.out.println("threads: " + Thread.activeCount());
    startLogging();
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Lives on.
    }
  }

  /**
   * Names a log manager, as the {@code main} of application servers does. The JDK complains that
   * there is none of this name, unless it has started another one before.
   */
  private static void startLogging() throws ReflectiveOperationException {
    System.setProperty("java.util.logging.manager", "named.by.main");
    // By name: the module of these tests does not read the one of logging.
    Class.forName("java.util.logging.LogManager").getMethod("getLogManager").invoke(null);
  }

  private static boolean sees(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException isolated) {
      return false;
    }
  }
}
