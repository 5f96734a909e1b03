// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a run of the command takes from the process it lives in. Handing it over makes a
 * run repeatable, and lets many runs share one JVM.
 *
 * @param in where the shell reads commands
 * @param out where reports go
 * @param err where everything else goes
 * @param variables the environment variables
 * @param workingDirectory what relative paths are relative to; absolute
 * @param zone the zone in which times are shown
 * @param terminals which of the three streams are terminals
 */
public record CliEnvironment(
    InputStream in,
    OutputStream out,
    OutputStream err,
    Map<String, String> variables,
    Path workingDirectory,
    ZoneId zone,
    Set<StandardStream> terminals) {

  /** The three streams that every process has. */
  public enum StandardStream {
    /** Standard input. */
    IN(0),
    /** Standard output. */
    OUT(1),
    /** Standard error. */
    ERR(2);

    private final int descriptor;

    StandardStream(int descriptor) {
      this.descriptor = descriptor;
    }

    /** The number by which the system knows the stream. */
    int descriptor() {
      return descriptor;
    }
  }

  /** Copies the collections. */
  public CliEnvironment {
    requireNonNull(in, "in");
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    requireNonNull(zone, "zone");
    variables = Map.copyOf(variables);
    terminals = Set.copyOf(terminals);
    if (!workingDirectory.isAbsolute()) {
      throw new IllegalArgumentException("workingDirectory is relative: " + workingDirectory);
    }
  }

  /** The value of an environment variable; empty if it is not set, as Go's {@code os.Getenv}. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** Whether the stream is a terminal. */
  public boolean isTerminal(StandardStream stream) {
    return terminals.contains(stream);
  }

  /**
   * The file that a user means by a path.
   *
   * @throws java.nio.file.InvalidPathException if no file can have that name
   */
  public Path resolve(String path) {
    return workingDirectory.resolve(path);
  }

  /** The file that a path means; empty if no file can have that name. */
  public Optional<Path> find(String path) {
    try {
      return Optional.of(resolve(path));
    } catch (InvalidPathException noFile) {
      return Optional.empty();
    }
  }
}
