// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** What frames of a report are told apart by. */
public enum Granularity {
  /** Function names. */
  FUNCTIONS,
  /** Function names and file names. */
  FILE_FUNCTIONS,
  /** File names. */
  FILES,
  /** Function names, file names and lines. */
  LINES,
  /** Everything, addresses included. */
  ADDRESSES
}
