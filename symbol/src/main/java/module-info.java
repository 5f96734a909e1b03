// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Gives names, lines, source and disassembly: jars, sources, bytecode, native binaries. */
@NullMarked
module io.pprof4j.symbol {
  requires static org.jspecify;
  requires transitive io.pprof4j.profile;
  requires transitive io.pprof4j.report;
  requires vineflower; // an automatic module, named after its file

  exports io.pprof4j.symbol;
}
