// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.system;

/** Ends the command, or one command of the shell, with a message for the user. */
public final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes the exception with what the user reads. */
  public CliException(String message) {
    // The user's or the network's mistake: a stack trace helps nobody and costs time.
    super(message, null, false, false);
  }
}
