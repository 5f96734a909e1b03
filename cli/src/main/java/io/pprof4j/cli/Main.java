// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.CliEnvironment.StandardStream;
import io.pprof4j.cli.internal.system.InterruptibleOutput;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
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
    // Never closed: the JVM says there what ended it unexpectedly.
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER)) {
      CliEnvironment environment =
          new CliEnvironment(
              System.in,
              new InterruptibleOutput(out),
              new InterruptibleOutput(err),
              System.getenv(),
              Path.of("").toAbsolutePath(),
              zone(),
              terminals());
      status = Cli.run(environment, arguments);
    } catch (IOException brokenPipe) {
      status = Cli.FAILURE;
    }
    // To leave is enough where nothing failed; exit() looks for a logger first, for 5 ms.
    if (status != Cli.SUCCESS) {
      System.exit(status);
    }
  }

  /** The zone of this machine. Java takes 30 ms to load the first zone other than UTC. */
  private static ZoneId zone() {
    return isUtc() ? ZoneOffset.UTC : ZoneId.systemDefault();
  }

  /** Whether what names the zone, first to last as the JVM looks for it, says UTC. */
  private static boolean isUtc() {
    String zone = System.getProperty("user.timezone");
    zone = zone == null ? System.getenv("TZ") : zone;
    try {
      return zone == null
          ? Files.readSymbolicLink(Path.of("/etc/localtime")).toString().endsWith("/Etc/UTC")
          : zone.equals("UTC") || zone.equals("Etc/UTC");
    } catch (IOException | UnsupportedOperationException noLink) {
      return false;
    }
  }

  private static Set<StandardStream> terminals() {
    // No EnumSet: it calls values() by reflection, which takes 8 ms of a short run.
    Set<StandardStream> terminals = new HashSet<>();
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
