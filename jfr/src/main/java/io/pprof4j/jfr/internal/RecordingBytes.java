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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The bytes of a recording's file, read where they are wanted: it may be larger than memory. */
final class RecordingBytes implements Closeable {
  private final FileChannel channel;
  private final long size;

  /** Arrays that nobody uses any more: chunks are nearly as large as each other. */
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

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
      throw announced(length, limit - offset, offset);
    }
    byte[] bytes = new byte[(int) length];
    read(offset, bytes, bytes.length);
    return bytes;
  }

  /** An array of at least {@code length} bytes. */
  byte[] take(int length) {
    byte[] bytes = spare.poll();
    return bytes == null || bytes.length < length ? new byte[length + length / 8] : bytes;
  }

  /** Ends the use of an array that was taken. */
  void giveBack(byte[] bytes) {
    spare.add(bytes);
  }

  static ProfileFormatException announced(long length, long left, long offset) {
    return Cursor.malformed(
        "%d bytes announced where there are %d".formatted(length, left), offset);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
