// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Writes gzip (RFC 1952) with all processors. The bytes do not depend on how many there are.
 *
 * <p>The input is cut into blocks, each is deflated on its own with the end of the one before as
 * dictionary, and the results follow each other in one member, as RFC 1951 allows once each but the
 * last ends at a byte's bound (what zlib calls a synchronising flush). It costs five bytes a block.
 */
public final class BlockGzip extends OutputStream {
  private static final int BLOCK = 1 << 18;

  /**
   * So many blocks are left to the JDK if more may not follow; compiling our own deflating takes
   * longer than they do.
   */
  private static final int FIRST_BLOCKS = 16;

  /** The level of zlib that our own deflating stands for. */
  private static final int OWN_LEVEL = 6;

  /** How far back deflate looks. */
  private static final int DICTIONARY = 1 << 15;

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream out;
  private final int level;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final CRC32 crc = new CRC32();
  private final ArrayDeque<Future<byte[]>> deflated = new ArrayDeque<>();

  private @Nullable ExecutorService pool;
  private byte[] before = new byte[0];
  private byte[] block = new byte[BLOCK];
  private int filled;
  private int zlibBlocks;
  private long size;

  /**
   * Starts a file.
   *
   * @param level 0 to 9, or -1 for the default
   * @param expected about how many bytes there will be; what the bytes become depends on it
   */
  public BlockGzip(OutputStream out, int level, long expected) throws IOException {
    this.out = out;
    this.level = level;
    boolean hasOwn = level == OWN_LEVEL || level < 0;
    boolean isLong = expected >= 2L * FIRST_BLOCKS * BLOCK;
    zlibBlocks = hasOwn ? (isLong ? 0 : FIRST_BLOCKS) : Integer.MAX_VALUE;
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    crc.update(bytes, from, length);
    size += length;
    int done = 0;
    while (done < length) {
      if (filled == BLOCK) {
        submit();
      }
      int part = Math.min(length - done, BLOCK - filled);
      System.arraycopy(bytes, from + done, block, filled, part);
      filled += part;
      done += part;
    }
  }

  private void submit() throws IOException {
    byte[] full = block;
    byte[] dictionary = before;
    if (pool == null) {
      pool = Executors.newFixedThreadPool(processors, BlockGzip::thread);
    }
    boolean own = zlibBlocks == 0;
    zlibBlocks -= own ? 0 : 1;
    deflated.add(
        pool.submit(
            () ->
                own
                    ? BlockDeflater.deflate(dictionary, full)
                    : deflate(full, full.length, dictionary, false)));
    before = Arrays.copyOfRange(full, full.length - DICTIONARY, full.length);
    block = new byte[BLOCK];
    filled = 0;
    // Enough to keep all processors at work, and no more: memory does not grow with the input.
    while (deflated.size() > 2 * processors) {
      writeFirst();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pprof4j-deflate");
    thread.setDaemon(true);
    return thread;
  }

  private void writeFirst() throws IOException {
    try {
      out.write(deflated.remove().get());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing a profile");
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private byte[] deflate(byte[] bytes, int length, byte[] dictionary, boolean last) {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setDictionary(dictionary);
      deflater.setInput(bytes, 0, length);
      if (last) {
        deflater.finish();
      }
      ByteArrayOutputStream result = new ByteArrayOutputStream(length / 3 + 64);
      byte[] buffer = new byte[1 << 14];
      int mode = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
      int count;
      do {
        count = deflater.deflate(buffer, 0, buffer.length, mode);
        result.write(buffer, 0, count);
        // A buffer that is not filled is the end of what a flush has to give.
      } while (last ? !deflater.finished() : count == buffer.length);
      return result.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Writes what is left; the stream below stays open. */
  public void finish() throws IOException {
    while (!deflated.isEmpty()) {
      writeFirst();
    }
    out.write(deflate(block, filled, before, true));
    writeInt((int) crc.getValue());
    writeInt((int) size);
    out.flush();
  }

  private void writeInt(int value) throws IOException {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }

  /** Ends the threads; the stream below stays open. */
  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
