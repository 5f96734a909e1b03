// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.CliEnvironment.StandardStream;
import io.pprof4j.cli.internal.fetch.ProfileFetcher;
import io.pprof4j.cli.internal.flags.Command;
import io.pprof4j.cli.internal.flags.CommandLine;
import io.pprof4j.cli.internal.flags.Invocation;
import io.pprof4j.cli.internal.flags.UsageText;
import io.pprof4j.cli.internal.output.ReportMaker;
import io.pprof4j.cli.internal.output.ReportRunner;
import io.pprof4j.cli.internal.output.Viewers;
import io.pprof4j.cli.internal.shell.PipedLines;
import io.pprof4j.cli.internal.shell.Shell;
import io.pprof4j.cli.internal.shell.TerminalLines;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import io.pprof4j.flags.HelpRequestedException;
import io.pprof4j.flags.UsageException;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.symbol.ArtifactStores;
import io.pprof4j.symbol.CodePath;
import io.pprof4j.symbol.CodeTools;
import io.pprof4j.symbol.MappedSources;
import io.pprof4j.symbol.NativeTools;
import io.pprof4j.symbol.SourceJail;
import io.pprof4j.symbol.SourceLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/** The {@code pprof} command, as a function of its arguments and its environment. */
public final class Cli {
  /** Exit status of a command that did what it was asked. */
  public static final int SUCCESS = 0;

  /** Exit status of {@code -check} when a rule is broken. */
  public static final int CHECK_BROKEN = 1;

  /** Exit status of every failure, as pprof has it. */
  public static final int FAILURE = 2;

  /** Exit status of {@code -check} when there are too few samples to tell. */
  public static final int CHECK_UNCERTAIN = 3;

  private final CliEnvironment environment;
  private final Console console;

  private Cli(CliEnvironment environment) {
    this.environment = environment;
    this.console = new Console(environment);
  }

  /**
   * Runs the command to its end. Runs are independent of each other.
   *
   * @param arguments the command line without the command's own name
   * @return the exit status: {@link #SUCCESS} or {@link #FAILURE}; of {@code -check} also {@link
   *     #CHECK_BROKEN} or {@link #CHECK_UNCERTAIN}
   */
  public static int run(CliEnvironment environment, String... arguments) {
    return new Cli(environment).run(arguments);
  }

  private int run(String... arguments) {
    try (TemporaryFiles temporaryFiles = new TemporaryFiles(environment)) {
      if (new SubCommands(environment, console).run(arguments)) {
        return SUCCESS;
      }
      return execute(new CommandLine(environment, console).parse(arguments), temporaryFiles);
    } catch (HelpRequestedException help) {
      console.print(UsageText.ofCommandLine());
      if (environment.isTerminal(StandardStream.ERR)) {
        console.print("A shorter one: pprof help");
      }
      return SUCCESS;
    } catch (UsageException mistake) {
      console.print(String.valueOf(mistake.getMessage()));
      console.print(UsageText.ofCommandLine());
      return FAILURE;
    } catch (CliException failure) {
      console.print("pprof: " + failure.getMessage());
      return FAILURE;
    }
  }

  private int execute(Invocation invocation, TemporaryFiles temporaryFiles) throws CliException {
    Profile fetched =
        new ProfileFetcher(
                environment, console, invocation.sources(), invocation.tools(), temporaryFiles)
            .fetch();
    CodePath code = codePath(invocation, fetched);
    Profile profile = MappedSources.resolve(fetched, code);
    ReportContext context = context(invocation, code);
    Viewers viewers = new Viewers(environment, temporaryFiles);
    ReportMaker maker = new ReportMaker(environment, context, invocation.engine());
    Command command = invocation.command();
    if (invocation.check() != null) {
      return new CheckRunner(environment, console, context)
          .run(profile, invocation.options(), invocation.check());
    } else if (command != null) {
      new ReportRunner(environment, console, maker, viewers, ReportRunner.Mode.ONE_SHOT)
          .run(profile, command, invocation.pattern(), invocation.options());
    } else if (!invocation.http().isEmpty()) {
      new WebUi(environment, console, viewers).run(profile, invocation, context);
    } else {
      ReportRunner runner =
          new ReportRunner(environment, console, maker, viewers, ReportRunner.Mode.SHELL);
      runShell(profile, invocation, context, runner);
    }
    return SUCCESS;
  }

  private void runShell(
      Profile profile, Invocation invocation, ReportContext context, ReportRunner runner)
      throws CliException {
    Shell shell = new Shell(profile, invocation.options(), runner, context, console);
    boolean terminal =
        environment.isTerminal(StandardStream.IN) && environment.isTerminal(StandardStream.OUT);
    if (!terminal) {
      shell.run(new PipedLines(environment.in()));
      return;
    }
    try (TerminalLines lines = TerminalLines.open(environment, profile)) {
      shell.run(lines);
    } catch (IOException noTerminal) {
      throw new CliException(String.valueOf(noTerminal.getMessage()));
    }
  }

  /**
   * Where the code is: what the user named, then the archives that the profile names, if they are
   * on this machine, as pprof does with native binaries.
   */
  private CodePath codePath(Invocation invocation, Profile profile) {
    List<Path> named = new ArrayList<>();
    String binary = invocation.sources().binary();
    if (!binary.isEmpty()) {
      named.add(environment.resolve(binary));
    }
    for (Mapping mapping : profile.mappings()) {
      if (isArchive(mapping.filename())) {
        environment.find(mapping.filename()).ifPresent(named::add);
      }
    }
    Path home = environment.resolve(environment.variable("HOME"));
    return new CodePath(
        List.copyOf(new LinkedHashSet<>(named)),
        ArtifactStores.of(home, environment.variable("GRADLE_USER_HOME")));
  }

  /** Warnings of reports. A class, as the first lambda of a JVM takes 5 ms. */
  private static final class Warnings implements Consumer<String> {
    private final Console console;

    Warnings(Console console) {
      this.console = console;
    }

    @Override
    public void accept(String message) {
      console.printError(message);
    }
  }

  private static boolean isArchive(String filename) {
    return filename.indexOf('\0') < 0
        && (filename.endsWith(".jar") || filename.endsWith(".war") || filename.endsWith(".jmod"));
  }

  private ReportContext context(Invocation invocation, CodePath code) {
    NativeTools natives =
        new NativeTools(
            environment.workingDirectory(), environment.variables(), invocation.tools());
    Path workingDirectory = environment.workingDirectory();
    SourceLookup lookup = new SourceLookup(workingDirectory, code);
    boolean isServed = !invocation.http().isEmpty();
    return new ReportContext(
        isServed ? new SourceJail(lookup, workingDirectory) : lookup,
        new CodeTools(code, natives),
        new Warnings(console),
        environment.zone());
  }
}
