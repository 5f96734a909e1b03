// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.FileErrors;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.SourcePaths;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy of a profile that came over the network, since it may not be had again. */
final class SavedCopy {
  private final CliEnvironment environment;
  private final Console console;

  SavedCopy(CliEnvironment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /**
   * Saves the profile and tells where. A copy that cannot be written is a warning.
   *
   * @throws CliException if there is no directory to save in
   */
  void save(Profile profile) throws CliException {
    String directory = directory();
    String prefix = prefix(profile);
    try {
      String shown = SourcePaths.clean(directory) + "/";
      Path file = TemporaryFiles.create(environment.resolve(directory), shown, prefix, ".pb.gz");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        profile.writeTo(out);
      }
      console.printError("Saved profile in " + shown + file.getFileName());
    } catch (IOException | CliException e) {
      console.printError("Could not save profile: " + e.getMessage());
    }
  }

  private static String prefix(Profile profile) {
    StringBuilder prefix = new StringBuilder("pprof.");
    if (!profile.mappings().isEmpty() && !profile.mappings().filename(0).isEmpty()) {
      prefix.append(SourcePaths.baseName(profile.mappings().filename(0))).append('.');
    }
    for (ValueType type : profile.sampleTypes()) {
      // A type is a word of the server's choosing: it must not lead out of the directory.
      prefix.append(type.type().replace('/', '_')).append('.');
    }
    return prefix.toString();
  }

  private String directory() throws CliException {
    List<String> candidates = new ArrayList<>();
    if (!environment.variable("PPROF_TMPDIR").isEmpty()) {
      candidates.add(environment.variable("PPROF_TMPDIR"));
    }
    if (!environment.variable("HOME").isEmpty()) {
      candidates.add(environment.variable("HOME") + "/pprof");
    }
    String system = environment.variable("TMPDIR");
    candidates.add(system.isEmpty() ? "/tmp" : system);
    for (String candidate : candidates) {
      try {
        Files.createDirectories(environment.resolve(candidate));
        return candidate;
      } catch (FileAlreadyExistsException file) {
        unusable(candidate, "mkdir " + candidate + ": not a directory");
      } catch (IOException e) {
        unusable(candidate, FileErrors.describe("mkdir", candidate, e));
      }
    }
    throw new CliException("failed to identify temp dir");
  }

  private void unusable(String directory, String reason) {
    console.printError("Could not use temp dir " + directory + ": " + reason);
  }
}
