// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files of recordings that are being read; those that a JVM has when it ends go with it. */
final class TemporaryRecording {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    try {
      // Not deleteOnExit, which remembers each name for good.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(TemporaryRecording::deleteAll, "pprof4j-end"));
    } catch (IllegalStateException e) {
      // The JVM ends already, and with it the recording that was to be read.
    }
  }

  private TemporaryRecording() {}

  /** A new, empty file. */
  static Path create() throws IOException {
    Path file = Files.createTempFile("pprof4j", ".jfr");
    OPEN.add(file);
    return file;
  }

  /** Deletes a file, if it is still there. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    OPEN.remove(file);
  }

  private static void deleteAll() {
    for (Path file : OPEN) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Whoever cleans the folder of temporary files will.
      }
    }
  }
}
