// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.internal.system.CliException;

/** The work of one command of the shell. */
@FunctionalInterface
interface ShellTask {
  /**
   * Does the work.
   *
   * @throws CliException if it cannot be done; the message is for the user
   */
  void run() throws CliException;
}
