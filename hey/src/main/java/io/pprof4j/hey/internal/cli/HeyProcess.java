// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The command as a process: standard streams, signals, exit code. */
public final class HeyProcess {
  private static final int INTERRUPTED = 130;
  private static final int MOST_INTERRUPTS = 3;

  private HeyProcess() {}

  /** Runs the command and returns the exit code. */
  public static int run(String... arguments) throws InterruptedException {
    // The bars of the summary are not ASCII, and hey writes UTF-8 in every locale.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    HeyCommand command = new HeyCommand(System.in, out, err);
    AtomicInteger interrupts = new AtomicInteger();
    Interrupts.handle(
        () -> {
          command.stop();
          // The first one ends the run, the second one what is still waited for after it. If that
          // does not help, since something outside hangs, the third one ends the process.
          if (interrupts.incrementAndGet() >= MOST_INTERRUPTS) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
        });
    int code = command.run(arguments);
    out.flush();
    return code;
  }
}
