// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Takes CPU, heap, thread, block, mutex and trace profiles of this JVM. */
@NullMarked
module io.pprof4j.capture {
  requires static org.jspecify;
  requires transitive io.pprof4j.profile;
  requires transitive io.pprof4j.jfr;
  requires java.management;
  requires jdk.management;

  exports io.pprof4j.capture;
}
