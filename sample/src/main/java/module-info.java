// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Is sendjson, the sample service that shows the whole workflow. */
@NullMarked
module io.pprof4j.sample {
  requires static org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires io.pprof4j.flags;
  requires io.pprof4j.vertx;
  requires io.vertx.core;

  // Jackson reads the components of records.
  opens io.pprof4j.sample to
      com.fasterxml.jackson.databind;
}
