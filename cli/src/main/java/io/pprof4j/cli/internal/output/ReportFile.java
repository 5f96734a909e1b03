// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.output;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file for a report, which is made when the report is complete or too large to be held in memory.
 * So none is made, and none is replaced, for a report that is refused, and what was written of one
 * that was broken off is removed.
 */
final class ReportFile extends OutputStream {
  /** A report of this size is not refused any more. */
  private static final int HELD = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Runnable announce;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream file;
  private boolean isComplete;

  /**
   * A file that does not exist yet.
   *
   * @param announce is run before it is made
   */
  ReportFile(Path path, Runnable announce) {
    this.path = path;
    this.announce = announce;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (file == null && held.size() + (long) length > HELD) {
      make();
    }
    (file == null ? held : file).write(bytes, from, length);
  }

  private OutputStream make() throws IOException {
    announce.run();
    OutputStream made = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
    file = made;
    held.writeTo(made);
    return made;
  }

  /**
   * Tells that all of the report has been written, and so makes the file if it has not been made.
   *
   * @throws IOException if it cannot be made or written
   */
  void complete() throws IOException {
    (file == null ? make() : file).flush();
    isComplete = true;
  }

  @Override
  public void close() throws IOException {
    try {
      if (file != null) {
        file.close();
      }
    } finally {
      // A device or a pipe that the report was written to is not ours to remove.
      if (file != null && !isComplete && Files.isRegularFile(path)) {
        Files.delete(path);
      }
    }
  }
}
