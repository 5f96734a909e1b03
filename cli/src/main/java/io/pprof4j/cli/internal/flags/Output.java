// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

/** What becomes of a report for which the user named no file. */
public enum Output {
  /** It is printed. */
  PRINT,
  /** It is printed, but goes to a new file in the shell and when standard output is a terminal. */
  FILE,
  /** It is shown by another program. */
  VIEWER
}
