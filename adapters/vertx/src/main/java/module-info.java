// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Mounts the profiles in a Vert.x HTTP server. */
@NullMarked
module io.pprof4j.vertx {
  requires static org.jspecify;
  requires transitive io.pprof4j.http;
  requires transitive io.vertx.core;

  exports io.pprof4j.vertx;
}
