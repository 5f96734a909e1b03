// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Is the HTTP load generator, as library and command. */
@NullMarked
module io.pprof4j.hey {
  requires static org.jspecify;
  requires jdk.unsupported;

  exports io.pprof4j.hey;

  requires transitive io.pprof4j.flags;
  requires io.pprof4j.profile;
}
