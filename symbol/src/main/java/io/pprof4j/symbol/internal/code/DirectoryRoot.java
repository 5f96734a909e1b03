// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory of classes or sources. */
public final class DirectoryRoot implements CodeRoot {
  private static final String[] LANGUAGES = {"java", "kotlin", "scala", "groovy"};

  /** How far above a directory of classes the project may be: Gradle puts four levels between. */
  private static final int MAX_PARENTS = 5;

  private final Path directory;

  /** What lies below this directory. */
  public DirectoryRoot(Path directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    try {
      Path file = directory.resolve(path).normalize();
      boolean inside = file.startsWith(directory.normalize());
      return inside && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    } catch (InvalidPathException noFile) {
      return null;
    }
  }

  /** The source directories of the Maven or Gradle project that this directory was built in. */
  @Override
  public List<CodeRoot> sources() {
    List<CodeRoot> roots = new ArrayList<>();
    Path parent = directory;
    for (int level = 0; level < MAX_PARENTS && parent != null; level++) {
      for (String kind : new String[] {"main", "test"}) {
        for (String language : LANGUAGES) {
          Path candidate = parent.resolve("src").resolve(kind).resolve(language);
          if (Files.isDirectory(candidate)) {
            roots.add(new DirectoryRoot(candidate));
          }
        }
      }
      if (!roots.isEmpty()) {
        break;
      }
      parent = parent.getParent();
    }
    return roots;
  }
}
