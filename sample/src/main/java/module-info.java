// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Is sendjson, the sample service that shows the whole workflow. */
@NullMarked
module io.pprof4j.sample {
  requires static org.jspecify;
  requires transitive io.pprof4j.flags;
  requires transitive io.pprof4j.http;
}
