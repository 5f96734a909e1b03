// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A recording from a stream, in a temporary file until it is closed. */
public final class SpooledRecording implements Closeable {
  private static final int BUFFER = 1 << 16;

  /** Recordings compress to a fifth; what says more about nothing is an attack. */
  private static final int MAX_RATIO = 200;

  /** Uncompressed bytes from which on the ratio counts. */
  private static final long RATIO_FROM = 64L << 20;

  private final Path file;

  private SpooledRecording(Path file) {
    this.file = file;
  }

  /**
   * Takes a stream to its end, which stays open.
   *
   * @throws ProfileFormatException if what is compressed is damaged, or far too much
   */
  public static SpooledRecording of(InputStream in) throws IOException {
    SpooledRecording spooled = new SpooledRecording(Files.createTempFile("pprof4j-", ".jfr"));
    try {
      spooled.fill(in);
      return spooled;
    } catch (IOException | RuntimeException e) {
      spooled.close();
      throw e;
    }
  }

  private void fill(InputStream in) throws IOException {
    Counting counted = new Counting(new BufferedInputStream(in, BUFFER));
    counted.mark(2);
    boolean gzip = counted.read() == 0x1F && counted.read() == 0x8B;
    counted.reset();
    counted.count = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      copy(gzip ? new GZIPInputStream(counted, BUFFER) : counted, out, counted);
    } catch (ZipException | java.io.EOFException damaged) {
      throw new ProfileFormatException("decompressing recording: " + damaged.getMessage());
    }
  }

  private static void copy(InputStream from, OutputStream to, Counting source) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long written = 0;
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      written += count;
      if (written > RATIO_FROM && written / MAX_RATIO > source.count) {
        throw new ProfileFormatException(
            "decompressing recording: more than %d times its compressed size".formatted(MAX_RATIO),
            written);
      }
      to.write(buffer, 0, count);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }

  private static final class Counting extends FilterInputStream {
    long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = in.read(target, from, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
