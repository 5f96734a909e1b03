// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Serves /debug/pprof/* from captures. */
@NullMarked
module io.pprof4j.http {
  requires static org.jspecify;
  requires transitive io.pprof4j.capture;
  requires transitive jdk.httpserver;

  exports io.pprof4j.http;
}
