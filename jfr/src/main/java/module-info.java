// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Turns JFR recordings, the JDK's and async-profiler's, into profiles; erases events from them. */
@NullMarked
module io.pprof4j.jfr {
  requires static org.jspecify;
  requires transitive io.pprof4j.profile;
  requires transitive jdk.jfr;

  exports io.pprof4j.jfr;
}
