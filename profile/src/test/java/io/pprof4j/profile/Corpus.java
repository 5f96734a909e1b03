// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The inputs in the tree: valid and broken files of all formats. */
final class Corpus {
  private Corpus() {}

  static List<Path> files() {
    try (Stream<Path> files = Files.walk(root().resolve("corpus"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** What pprof made of a file. */
  static Path expected(Path file, String suffix) {
    Path name = root().resolve("corpus").relativize(file);
    return root().resolve("expected").resolve(name + suffix);
  }

  private static Path root() {
    try {
      return Path.of(java.util.Objects.requireNonNull(Corpus.class.getResource("corpus")).toURI())
          .resolveSibling("");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
