// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Makes the data of the performance figures and takes them. */
@NullMarked
module io.pprof4j.benchmarks {
  requires static org.jspecify;
  requires io.pprof4j.capture;
  requires io.pprof4j.jfr;
  requires io.pprof4j.profile;
  requires java.compiler;
  requires java.management;
  requires jdk.management;
}
