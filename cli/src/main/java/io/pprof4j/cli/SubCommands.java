// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.internal.flags.CommandLine;
import io.pprof4j.cli.internal.flags.Completion;
import io.pprof4j.cli.internal.flags.HelpText;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.FileErrors;
import io.pprof4j.flags.Flag;
import io.pprof4j.profile.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * What pprof does besides profiles: {@code pprof help [topic]}, {@code pprof completion SHELL} and
 * {@code pprof -version}. The original takes the first two for names of profiles; so do we if there
 * is a file of that name.
 */
final class SubCommands {
  private final CliEnvironment environment;
  private final Console console;

  SubCommands(CliEnvironment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /**
   * Does what the first word asks for.
   *
   * @return whether it did
   * @throws CliException if there is no such topic or shell
   */
  boolean run(String... arguments) throws CliException {
    String first = arguments.length == 0 ? "" : arguments[0];
    String second = arguments.length < 2 ? "" : arguments[1];
    Optional<String> text =
        switch (first) {
          case "-version", "--version" -> Optional.of(version());
          case "help" ->
              isFile(first) ? Optional.empty() : Optional.of(HelpText.of(second, flags()));
          case "completion" ->
              isFile(first) ? Optional.empty() : Optional.of(Completion.script(second, flags()));
          default -> Optional.empty();
        };
    if (text.isPresent()) {
      print(text.get());
    }
    return text.isPresent();
  }

  private List<Flag> flags() {
    return new CommandLine(environment, console).flags().flags();
  }

  private boolean isFile(String name) {
    return Files.exists(environment.resolve(name));
  }

  private static String version() {
    String version = Cli.class.getPackage().getImplementationVersion();
    return "pprof4j "
        + (version == null ? "(not packaged)" : version)
        + ", Java "
        + System.getProperty("java.version")
        + "\n";
  }

  private void print(String text) throws CliException {
    try {
      environment.out().write(Utf8.encode(text));
      environment.out().flush();
    } catch (IOException e) {
      throw new CliException(FileErrors.describe("write", e));
    }
  }
}
