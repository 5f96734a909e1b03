// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import io.pprof4j.hey.internal.cli.HeyProcess;

/** The command {@code hey}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(HeyProcess.run(arguments));
  }
}
