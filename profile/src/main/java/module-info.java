// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Holds profiles, reads and writes them, merges, scales, diffs and filters them. */
@NullMarked
module io.pprof4j.profile {
  requires static org.jspecify;

  exports io.pprof4j.profile;
}
