// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The finished chunks of a JFR file that is still being written. A chunk begins with a header of
 * big-endian numbers: magic, version, size, place of the constants, place of the metadata; the last
 * three are 0 as long as it is open.
 */
public final class FinishedChunks {
  private static final int MAGIC = 0x464c5200; // "FLR\0"
  private static final int HEADER_BYTES = 68;
  private static final int SIZE_AT = 8;
  private static final int METADATA_AT = 24;

  private FinishedChunks() {}

  /** Copies the finished chunks to a temporary file. */
  public static Path copy(Path recording) throws IOException {
    Path copy = Files.createTempFile("pprof4j", ".jfr");
    try (FileChannel from = FileChannel.open(recording, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      long left = finishedBytes(from);
      for (long at = 0; left > 0; ) {
        long moved = from.transferTo(at, left, to);
        if (moved <= 0) {
          throw new IOException("the recording became shorter while it was read: " + recording);
        }
        at += moved;
        left -= moved;
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private static long finishedBytes(FileChannel file) throws IOException {
    long at = 0;
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    while (at + HEADER_BYTES <= file.size()) {
      header.clear();
      if (file.read(header, at) < HEADER_BYTES || header.getInt(0) != MAGIC) {
        break;
      }
      long size = header.getLong(SIZE_AT);
      if (size < HEADER_BYTES || header.getLong(METADATA_AT) <= 0 || at + size > file.size()) {
        break;
      }
      at += size;
    }
    return at;
  }
}
