// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * A mistake on the command line. It is printed to the user without a stack trace; the exit status
 * is 2.
 */
public class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a mistake out of its text.
   *
   * @param message what the user reads, without a final newline
   */
  public UsageException(String message) {
    // A user's mistake has no use for a stack trace, and filling it in costs start-up time.
    super(message, null, false, false);
  }
}
