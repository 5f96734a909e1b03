// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a recording's file, read where they are wanted: it may be larger than memory. */
final class RecordingBytes implements Closeable {
  private final FileChannel channel;
  private final long size;

  RecordingBytes(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  /** The length of the file when it was opened. */
  long size() {
    return size;
  }

  /**
   * Reads bytes.
   *
   * @throws ProfileFormatException if the file ends before
   */
  void read(long offset, byte[] target, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
    long at = offset;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw Cursor.malformed("the end of the file", at);
      }
      at += count;
    }
  }

  /**
   * Reads bytes into an array of their own.
   *
   * @param limit where they must end at the latest, which bounds what is allocated
   */
  byte[] read(long offset, long length, long limit) throws IOException {
    if (length < 0 || length > limit - offset || length > Integer.MAX_VALUE - 8) {
      throw Cursor.malformed(
          "%d bytes announced where there are %d".formatted(length, limit - offset), offset);
    }
    byte[] bytes = new byte[(int) length];
    read(offset, bytes, bytes.length);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
