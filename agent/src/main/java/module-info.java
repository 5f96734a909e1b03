// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Is the self-contained -javaagent and attach jar. */
@NullMarked
module io.pprof4j.agent {
  requires static org.jspecify;
  requires static io.pprof4j.http;
  requires java.instrument;
}
