// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.CliEnvironment.StandardStream;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/** Runs {@code pprof} in this process. */
public final class Main {
  private static final int OUTPUT_BUFFER = 1 << 16;

  private Main() {}

  /**
   * Runs the command and ends the process with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    int status;
    try (OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER);
        OutputStream err = new FileOutputStream(FileDescriptor.err)) {
      CliEnvironment environment =
          new CliEnvironment(
              System.in,
              new InterruptibleOutput(out),
              new InterruptibleOutput(err),
              System.getenv(),
              Path.of("").toAbsolutePath(),
              ZoneId.systemDefault(),
              terminals());
      status = Cli.run(environment, arguments);
    } catch (IOException brokenPipe) {
      status = Cli.FAILURE;
    }
    System.exit(status);
  }

  private static Set<StandardStream> terminals() {
    Set<StandardStream> terminals = EnumSet.noneOf(StandardStream.class);
    for (StandardStream stream : StandardStream.values()) {
      if (isTerminal(stream.descriptor())) {
        terminals.add(stream);
      }
    }
    return terminals;
  }

  /**
   * Whether a file descriptor of this process is a terminal. Java only knows whether standard input
   * and output both are, so the names that Linux gives descriptors are asked first.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return name.startsWith("/dev/pts/")
          || name.startsWith("/dev/tty")
          || name.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return hasTerminal();
    }
  }

  @SuppressWarnings("SystemConsoleNull") // null is what a JDK before 22 says, newer ones are asked
  private static boolean hasTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }
}
