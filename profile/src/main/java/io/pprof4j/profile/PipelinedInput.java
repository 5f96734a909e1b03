// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread read ahead, so that inflating and decoding overlap. Short inputs are read
 * without one, since starting it takes longer than reading them.
 */
final class PipelinedInput extends InputStream {
  /** Bytes from which on a thread pays. */
  private static final int ALONE = 1 << 20;

  private static final int CHUNK = 1 << 18;
  private static final int CHUNKS = 8;

  /** A part of the input, or its end, or why it ended. */
  @SuppressWarnings("ArrayRecordComponent") // a buffer in transit, never compared
  private record Chunk(byte[] bytes, int length, @Nullable Throwable failure) {
    boolean isLast() {
      return length < 0;
    }
  }

  private final InputStream in;
  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
  private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(CHUNKS + 1);
  private int readAlone;
  private @Nullable ReadingThread thread;
  private @Nullable Chunk current;
  private int at;

  PipelinedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (readAlone < ALONE) {
      int read = in.read(target, from, length);
      readAlone += Math.max(read, 0);
      return read;
    }
    Chunk chunk = chunk();
    if (chunk.isLast()) {
      return end(chunk);
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk.bytes, at, target, from, count);
    at += count;
    return count;
  }

  private Chunk chunk() throws IOException {
    if (thread == null) {
      thread = ReadingThread.start("pprof4j-inflate", () -> full.put(readChunks()));
    }
    Chunk chunk = current;
    if (chunk != null && (chunk.isLast() || at < chunk.length)) {
      return chunk;
    }
    if (chunk != null) {
      empty.offer(chunk.bytes);
    }
    at = 0;
    Chunk next = ReadingThread.take(full);
    current = next;
    return next;
  }

  private static int end(Chunk chunk) throws IOException {
    ReadingThread.rethrow(chunk.failure);
    return -1;
  }

  /** Runs in the other thread until the input ends or this is closed. */
  private Chunk readChunks() throws InterruptedException {
    try {
      while (true) {
        byte[] reused = empty.poll();
        byte[] bytes = reused == null ? new byte[CHUNK] : reused;
        int length = in.readNBytes(bytes, 0, CHUNK);
        if (length == 0) {
          return new Chunk(bytes, -1, null);
        }
        full.put(new Chunk(bytes, length, null));
      }
    } catch (IOException | RuntimeException | Error failure) {
      return new Chunk(new byte[0], -1, failure);
    }
  }

  /** Stops the thread, then closes the input. */
  @Override
  public void close() throws IOException {
    if (thread != null) {
      thread.stop();
    }
    in.close();
  }
}
