// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ProfileSummary;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOptions;

/** What the shell says first: what the profile is of, and how to get help. */
final class Greeting {
  private static final String NO_SAMPLES =
      """
      No samples were found with the default sample value type.
      Try "sample_index" command to analyze different sample values.
      """;

  private Greeting() {}

  static void print(
      Profile profile, ReportOptions options, ReportContext context, Console console) {
    try {
      ProfileSummary summary = ProfileSummary.of(profile, options, context);
      console.print(String.join("\n", summary.labels()));
      if (summary.total() == 0 && profile.sampleTypes().size() > 1) {
        console.print(NO_SAMPLES);
      }
    } catch (ReportException badOption) {
      // The first report will say what is wrong; the shell is where it can be put right.
    }
    console.print("Entering interactive mode (type \"help\" for commands, \"o\" for options)");
  }
}
