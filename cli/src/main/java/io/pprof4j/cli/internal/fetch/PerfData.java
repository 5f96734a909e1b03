// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.Programs;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** Converts recordings of Linux perf with the tool that google/perf_data_converter offers. */
final class PerfData {
  private static final String CONVERTER = "perf_to_profile";

  private PerfData() {}

  /**
   * Converts a recording.
   *
   * @return the profile's file, which is deleted when the command ends
   * @throws CliException if the tool is missing or fails
   */
  static Path convert(
      Path recording,
      String shown,
      CliEnvironment environment,
      Console console,
      TemporaryFiles temporaryFiles)
      throws CliException {
    console.print("Converting " + shown + " to a profile.proto... (May take a few minutes)");
    Path profile = temporaryFiles.createDoomed("pprof_", ".pb.gz");
    String failure = run(recording, profile, environment);
    if (!failure.isEmpty()) {
      throw new CliException(
          "failed to convert perf.data file. Try github.com/google/perf_data_converter: "
              + failure);
    }
    return profile;
  }

  private static String run(Path recording, Path profile, CliEnvironment environment)
      throws CliException {
    Path tool = Programs.find(CONVERTER, environment);
    if (tool == null) {
      return Programs.notFound(CONVERTER);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            tool.toString(), "-i", recording.toString(), "-o", profile.toString(), "-f");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      int status = builder.start().waitFor();
      return status == 0 ? "" : "exit status " + status;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }
}
