// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * The user typed {@code -h}, {@code -help} or {@code --help}, and the set defines no flag of that
 * name. As in Go, the program prints its usage and ends with status 0.
 */
public final class HelpRequestedException extends UsageException {
  private static final long serialVersionUID = 1L;

  /** Makes the request; its text is the one of Go's {@code flag.ErrHelp}. */
  public HelpRequestedException() {
    super("flag: help requested");
  }
}
