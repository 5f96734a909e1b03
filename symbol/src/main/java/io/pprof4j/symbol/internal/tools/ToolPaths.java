// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.SourcePaths;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the programs that read native binaries, where {@code -tools} and {@code PATH} say. */
public final class ToolPaths {
  private static final Set<String> TOOLS = Set.of("llvm-symbolizer", "addr2line", "nm", "objdump");

  private final Path workingDirectory;
  private final String searchPath;
  private final String config;

  /**
   * Prepares.
   *
   * @param workingDirectory what relative directories are relative to
   * @param variables the environment, of which {@code PATH} is used
   * @param config directories and {@code tool:directory}, by commas; empty for {@code PATH}
   */
  public ToolPaths(Path workingDirectory, Map<String, String> variables, String config) {
    this.workingDirectory = workingDirectory;
    this.searchPath = variables.getOrDefault("PATH", "");
    this.config = config;
  }

  /**
   * The first of some programs that is there.
   *
   * @param tool what the configuration calls it
   * @param names names of programs, best first
   */
  public Optional<Path> find(String tool, String... names) {
    for (String name : names) {
      for (String directory : directories(tool)) {
        Optional<Path> program = program(directory, name);
        if (program.isPresent()) {
          return program;
        }
      }
    }
    return Optional.empty();
  }

  /** A program of {@code PATH}, whatever the configuration says. */
  public Optional<Path> onSearchPath(String name) {
    return program("", name);
  }

  /** The directories for one tool, then those for all. */
  private List<String> directories(String tool) {
    List<String> own = new ArrayList<>();
    List<String> common = new ArrayList<>();
    for (String entry : config.split(",", -1)) {
      int colon = entry.indexOf(':');
      String name = colon < 0 ? "" : entry.substring(0, colon);
      if (!TOOLS.contains(name)) {
        common.add(entry);
      } else if (name.equals(tool)) {
        own.add(entry.substring(colon + 1));
      }
    }
    own.addAll(common);
    return own;
  }

  /** Bare names are sought in {@code PATH}, whose relative entries are passed over, as in Go. */
  private Optional<Path> program(String directory, String name) {
    String joined = directory.isEmpty() ? name : SourcePaths.clean(directory + "/" + name);
    if (joined.indexOf('/') >= 0) {
      return executable(workingDirectory, joined);
    }
    for (String entry : searchPath.split(File.pathSeparator, -1)) {
      Optional<Path> program =
          entry.startsWith("/") || Path.of(entry).isAbsolute()
              ? executable(Path.of(entry), joined)
              : Optional.empty();
      if (program.isPresent()) {
        return program;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> executable(Path directory, String name) {
    try {
      Path file = directory.resolve(name);
      return Files.isRegularFile(file) && Files.isExecutable(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (InvalidPathException noFile) {
      return Optional.empty();
    }
  }
}
