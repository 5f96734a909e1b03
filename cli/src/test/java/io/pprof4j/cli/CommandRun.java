// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One run of the command in this JVM, in a directory of its own, and what came of it. */
record CommandRun(int exit, String out, String err) {
  /** Starts a run in a directory. */
  static Builder in(Path directory) {
    return new Builder(directory);
  }

  /** What a run finds when it starts. */
  static final class Builder {
    private final Path directory;
    private final Map<String, String> variables = new TreeMap<>();
    private String input = "";

    private Builder(Path directory) {
      this.directory = directory;
      variables.putAll(Map.of("HOME", "home", "PPROF_TMPDIR", "saved", "PATH", ""));
    }

    Builder input(String text) {
      input = text;
      return this;
    }

    Builder variable(String name, String value) {
      variables.put(name, value);
      return this;
    }

    CommandRun run(String... arguments) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      CliEnvironment environment =
          new CliEnvironment(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              out,
              err,
              variables,
              directory,
              ZoneOffset.UTC,
              Set.of());
      int exit = Cli.run(environment, arguments);
      return new CommandRun(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
