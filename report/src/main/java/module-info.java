// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Reduces a profile to reports and prints them. */
@NullMarked
module io.pprof4j.report {
  requires static org.jspecify; // its annotations are in our signatures
  requires transitive io.pprof4j.profile;
  requires re2j;
  requires static java.desktop; // paints PNG and GIF images; a runtime without it can do all else

  exports io.pprof4j.report;
  exports io.pprof4j.report.layout;
}
