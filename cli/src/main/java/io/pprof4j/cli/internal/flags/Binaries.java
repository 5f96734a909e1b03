// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.symbol.BinaryKind;

/** Tells the optional "binary" of the command line from a source. */
final class Binaries {
  private Binaries() {}

  /** Whether an argument names a program or its code, and so cannot be a profile. */
  static boolean isBinary(CliEnvironment environment, String argument) {
    return environment
        .find(argument)
        .filter(file -> BinaryKind.of(file) != BinaryKind.NONE)
        .isPresent();
  }
}
