// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

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
}
