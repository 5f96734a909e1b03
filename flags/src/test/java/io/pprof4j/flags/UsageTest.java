// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
  @Test
  void laysOutDefaultsAsGoDoes() {
    FlagSet flags = new FlagSet("t");
    flags.bool("v", false, "be verbose");
    flags.bool("long", true, "a long\nflag");
    flags.string("o", "out \"x\"", "write to `file`");
    flags.string("e", "", "empty");
    flags.int64("n", 200, "count");
    flags.float64("q", 1e6, "rate");
    flags.duration("z", 90_000_000_000L, "how long");
    flags.float64("q0", 0, "rate");
    flags.duration("z0", 0, "z `broken");
    flags.list("H", "header");

    StringBuilder out = new StringBuilder();
    flags.printUsage(out);

    // Printed by Go's flag package for the same definitions.
    assertThat(out)
        .hasToString(
            """
            Usage of t:
              -H value
                \theader
              -e string
                \tempty
              -long
                \ta long
                \tflag (default true)
              -n int
                \tcount (default 200)
              -o file
                \twrite to file (default "out \\"x\\"")
              -q float
                \trate (default 1e+06)
              -q0 float
                \trate
              -v\tbe verbose
              -z duration
                \thow long (default 1m30s)
              -z0 duration
                \tz `broken
            """);
  }
}
