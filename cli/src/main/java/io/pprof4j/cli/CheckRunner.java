// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.FileErrors;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Utf8;
import io.pprof4j.report.CheckRules;
import io.pprof4j.report.DiffCheck;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.Reports;
import java.io.IOException;
import java.nio.file.Files;

/** Runs {@code -check}: prints what it found and tells it by the exit status. */
final class CheckRunner {
  private final CliEnvironment environment;
  private final Console console;
  private final ReportContext context;

  CheckRunner(CliEnvironment environment, Console console, ReportContext context) {
    this.environment = environment;
    this.console = console;
    this.context = context;
  }

  /**
   * Checks a comparison.
   *
   * @return the exit status
   * @throws CliException if the check cannot be made
   */
  int run(Profile profile, ReportOptions options, CheckRules rules) throws CliException {
    try {
      DiffCheck check = Reports.check(profile, options, rules, context);
      write(Utf8.encode(Reports.text(check)), options.get(ReportOption.OUTPUT));
      return switch (check.verdict()) {
        case PASSED -> Cli.SUCCESS;
        case BROKEN -> Cli.CHECK_BROKEN;
        case UNCERTAIN -> Cli.CHECK_UNCERTAIN;
      };
    } catch (ReportException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CliException(FileErrors.describe("open", e));
    }
  }

  private void write(byte[] text, String output) throws IOException {
    if (output.isEmpty()) {
      environment.out().write(text);
      environment.out().flush();
      return;
    }
    console.printError("Generating report in " + output);
    Files.write(environment.resolve(output), text);
  }
}
