// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.output;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.CliEnvironment.StandardStream;
import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.flags.Output;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.FileErrors;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.ReportRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts reports where they belong: standard output, a file, another program. */
public final class ReportRunner {
  /** Where the command runs, which decides what becomes of reports that are not for terminals. */
  public enum Mode {
    /** A single report of the command line. */
    ONE_SHOT,
    /** A report of the shell. */
    SHELL
  }

  private final CliEnvironment environment;
  private final Console console;
  private final ReportMaker maker;
  private final Viewers viewers;
  private final Mode mode;

  /** A runner for one command or one shell. */
  public ReportRunner(
      CliEnvironment environment, Console console, ReportMaker maker, Viewers viewers, Mode mode) {
    this.environment = environment;
    this.console = console;
    this.maker = maker;
    this.viewers = viewers;
    this.mode = mode;
  }

  /**
   * Makes one report.
   *
   * @param pattern the functions to report, for commands that take a pattern
   * @throws CliException if it cannot be made or written
   */
  public void run(Profile profile, Command command, String pattern, ReportOptions options)
      throws CliException {
    ReportRequest request = new ReportRequest(command.format(), pattern, options);
    String output = options.get(ReportOption.OUTPUT);
    try {
      if (!output.isEmpty()) {
        writeFile(profile, command, request, output);
      } else if (command.output() == Output.VIEWER) {
        viewers.show(command, bytes(profile, command, request), mode);
      } else if (command.output() == Output.FILE && isAwayFromTerminal()) {
        writeNumberedFile(profile, command, request);
      } else {
        print(profile, command, request);
      }
    } catch (ReportException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CliException(FileErrors.describe("write", e));
    }
  }

  private boolean isAwayFromTerminal() {
    return mode == Mode.SHELL || environment.isTerminal(StandardStream.OUT);
  }

  private void print(Profile profile, Command command, ReportRequest request)
      throws ReportException, IOException, CliException {
    maker.make(profile, command, request, environment.out());
    environment.out().flush();
  }

  /** The whole report, so that nothing is shown or made of one that fails. */
  private byte[] bytes(Profile profile, Command command, ReportRequest request)
      throws ReportException, IOException, CliException {
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    maker.make(profile, command, request, report);
    return report.toByteArray();
  }

  private void writeFile(Profile profile, Command command, ReportRequest request, String output)
      throws ReportException, IOException, CliException {
    Runnable announce = () -> console.printError("Generating report in " + output);
    try (ReportFile file = new ReportFile(environment.resolve(output), announce)) {
      maker.make(profile, command, request, file);
      file.complete();
    } catch (IOException e) {
      throw new CliException(FileErrors.describe("open", output, e));
    }
  }

  private void writeNumberedFile(Profile profile, Command command, ReportRequest request)
      throws ReportException, IOException, CliException {
    byte[] report = bytes(profile, command, request);
    Path file =
        TemporaryFiles.create(
            environment.workingDirectory(), "", "profile", "." + command.suffix());
    console.printError("Generating report in " + file.getFileName());
    Files.write(file, report);
  }
}
