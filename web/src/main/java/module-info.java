// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Is the web UI over reports. */
@NullMarked
module io.pprof4j.web {
  requires static org.jspecify;
  requires transitive io.pprof4j.report;

  exports io.pprof4j.web;
}
