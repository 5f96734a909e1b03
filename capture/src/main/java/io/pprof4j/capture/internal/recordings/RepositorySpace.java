// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The room in the folder where the flight recorder keeps what it records. A JVM ends itself when
 * that is full, so nothing is recorded for us where it soon would be.
 */
final class RepositorySpace {
  /** What a second of many events and the parts of a recording that are copied may take. */
  private static final long LEAST_BYTES = 32L << 20;

  private RepositorySpace() {}

  /** Why there is not enough; empty if there is, or if nobody knows. */
  static Optional<String> shortage() {
    // The JDK tells where it is once it records.
    String folder =
        System.getProperty("jdk.jfr.repository", System.getProperty("java.io.tmpdir", ""));
    return shortage(Path.of(folder));
  }

  static Optional<String> shortage(Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free >= LEAST_BYTES
          ? Optional.empty()
          : Optional.of(
              "the flight recorder's folder %s has %d MB left, and the JVM would end when it is full"
                  .formatted(folder, free >> 20));
    } catch (IOException | RuntimeException unknown) {
      return Optional.empty();
    }
  }
}
