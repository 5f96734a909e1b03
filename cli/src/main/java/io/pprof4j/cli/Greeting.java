// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportOptions;

/** What the shell says first: what the profile is of, and how to get help. */
final class Greeting {
  private Greeting() {}

  static void print(
      Profile profile, ReportOptions options, ReportContext context, Console console) {
    console.print("Entering interactive mode (type \"help\" for commands, \"o\" for options)");
  }
}
