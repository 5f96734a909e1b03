// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.system;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.CliEnvironment.StandardStream;
import io.pprof4j.profile.Utf8;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the user is told things. Messages go to standard error, so that reports can be piped;
 * several threads may write.
 */
public final class Console {
  private static final String RED = "\033[0;31m";
  private static final String PLAIN = "\033[0m";

  private final OutputStream err;
  private final boolean colored;
  private final ReentrantLock lock = new ReentrantLock();

  /** The console of this environment. */
  public Console(CliEnvironment environment) {
    this.err = environment.err();
    this.colored = environment.isTerminal(StandardStream.ERR);
  }

  /** Prints a message; a final newline is added if it is missing. */
  public void print(String message) {
    write(withNewline(message));
  }

  /** Prints what is wrong: as {@link #print}, in red on a terminal. */
  public void printError(String message) {
    String line = withNewline(message);
    write(colored ? RED + line + PLAIN : line);
  }

  private static String withNewline(String message) {
    return message.endsWith("\n") ? message : message + "\n";
  }

  private void write(String text) {
    lock.lock();
    try {
      err.write(Utf8.encode(text));
      err.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
