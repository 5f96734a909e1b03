// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.report.SourceFinder;
import io.pprof4j.report.SourcePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives source only from below the working directory and {@code source_path}, and from code that
 * the user or the JVM's class path named. File names come from the profile, whose maker may not be
 * the one who looks at it: without a jail, a profile chooses which files of this machine are shown.
 */
public final class SourceJail implements SourceFinder {
  /** No source is longer; what is, would fill the memory of the browser. */
  private static final long MAX_BYTES = 16L << 20;

  private final SourceLookup lookup;
  private final Path workingDirectory;

  /**
   * Makes a jail.
   *
   * @param lookup finds the files
   * @param workingDirectory what relative paths are relative to
   */
  public SourceJail(SourceLookup lookup, Path workingDirectory) {
    this.lookup = lookup;
    this.workingDirectory = workingDirectory;
  }

  @Override
  public SourceText find(Request request) throws IOException {
    List<Path> roots = roots(request.searchPath());
    return lookup.find(request, file -> check(file, roots));
  }

  private List<Path> roots(String searchPath) throws IOException {
    List<Path> roots = new ArrayList<>(List.of(workingDirectory.toRealPath()));
    for (String entry : SourcePaths.split(searchPath)) {
      try {
        Path root = workingDirectory.resolve(entry);
        if (!entry.isEmpty() && Files.exists(root)) {
          roots.add(root.toRealPath());
        }
      } catch (InvalidPathException noFile) {
        // Nothing is below what cannot be.
      }
    }
    return roots;
  }

  /** Links are followed first: one that leads out of a root is outside. */
  private static void check(Path file, List<Path> roots) throws IOException {
    Path real = file.toRealPath();
    if (roots.stream().noneMatch(real::startsWith)) {
      throw new IOException(
          "open " + file + ": outside of the working directory and of source_path");
    }
    if (Files.size(real) > MAX_BYTES) {
      throw new IOException("open " + file + ": larger than " + MAX_BYTES + " bytes");
    }
  }
}
