// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Is the pprof command: flags, interactive shell, fetching. */
@NullMarked
module io.pprof4j.cli {
  requires re2j;
  requires org.jline.reader;
  requires org.jline.terminal;
  requires static jdk.attach;
  requires static org.jspecify;
  requires io.pprof4j.web;
  requires transitive io.pprof4j.flags;
  requires transitive io.pprof4j.report;
  requires transitive io.pprof4j.symbol;
  requires transitive io.pprof4j.jfr;

  exports io.pprof4j.cli;
}
