// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Parses Go's flag grammar and prints usage from the same table. */
@NullMarked
module io.pprof4j.flags {
  requires static org.jspecify;

  exports io.pprof4j.flags;
}
