// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Reduces a profile to reports and prints them. */
@NullMarked
module io.pprof4j.report {
  requires static org.jspecify;
  requires transitive io.pprof4j.profile;
}
