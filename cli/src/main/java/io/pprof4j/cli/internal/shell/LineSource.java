// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.internal.system.CliException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the shell its commands, line by line. */
interface LineSource {
  /**
   * The next line without its end; null when there are no more.
   *
   * @throws IOException if the input fails
   */
  @Nullable String next() throws IOException;

  /**
   * Runs the work of a command, in a way that lets the user break it off where that is possible.
   *
   * @throws CliException if the work fails or is broken off
   */
  default void run(ShellTask task) throws CliException {
    task.run();
  }
}
