// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.system;

import io.pprof4j.cli.CliEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell does. */
public final class Programs {
  private Programs() {}

  /**
   * The program of that name: a path is taken as it is, a bare name is sought in {@code PATH}.
   * Entries of {@code PATH} that are not absolute are passed over, as in Go.
   *
   * @return null if there is none
   */
  public static @Nullable Path find(String name, CliEnvironment environment) {
    if (name.indexOf('/') >= 0) {
      Path program = environment.resolve(name);
      return isProgram(program) ? program : null;
    }
    for (String entry : environment.variable("PATH").split(java.io.File.pathSeparator, -1)) {
      Path program = Path.of(entry).resolve(name);
      if (program.isAbsolute() && isProgram(program)) {
        return program;
      }
    }
    return null;
  }

  /** What Go says of a program that {@link #find} does not find. */
  public static String notFound(String name) {
    return "exec: \"" + name + "\": executable file not found in $PATH";
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
