// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a compressed input, read in large pieces. */
final class CompressedInput {
  /**
   * Bytes behind the last one that may be looked at; behind the end of the input they are zeros.
   */
  static final int SLACK = 64;

  private static final int SIZE = 1 << 16;

  private final InputStream in;

  /** What is in memory; bytes from {@link #at} to {@link #filled} are still to be taken. */
  final byte[] bytes = new byte[SIZE + SLACK];

  int at;
  private int filled;
  private long taken;
  private boolean hasEnded;

  CompressedInput(InputStream in) {
    this.in = in;
  }

  int filled() {
    return filled;
  }

  int left() {
    return filled - at;
  }

  /** Whether no bytes are to come beyond those in memory. */
  boolean hasEnded() {
    return hasEnded;
  }

  /** How many bytes are still to come at the least, as far as the stream knows. */
  long expected() throws IOException {
    return left() + (long) in.available();
  }

  /** How many bytes were taken, up to {@link #at}. */
  long position() {
    return taken + at;
  }

  /** How many bytes were read from the stream. */
  long read() {
    return taken + filled;
  }

  /** Whether there is another byte. */
  boolean hasNext() throws IOException {
    return at < filled || more();
  }

  /**
   * Takes a byte.
   *
   * @throws ProfileFormatException if there is none
   */
  int next() throws IOException {
    if (!hasNext()) {
      throw truncated();
    }
    return bytes[at++] & 0xFF;
  }

  /**
   * Reads on; bytes that are still to be taken move to the front. False at the end of the input.
   */
  boolean more() throws IOException {
    if (hasEnded) {
      return false;
    }
    int left = filled - at;
    System.arraycopy(bytes, at, bytes, 0, left);
    taken += at;
    at = 0;
    int read = in.readNBytes(bytes, left, SIZE - left);
    filled = left + read;
    if (filled < SIZE) {
      hasEnded = true;
      Arrays.fill(bytes, filled, filled + SLACK, (byte) 0);
    }
    return read > 0;
  }

  static ProfileFormatException truncated() {
    return broken("unexpected EOF");
  }

  /**
   * What was taken last cannot be what a compressor wrote.
   *
   * @param offset bytes from where the compressed data begin, behind a header
   */
  static ProfileFormatException corrupt(long offset) {
    return broken("flate: corrupt input before offset " + offset);
  }

  static ProfileFormatException broken(String problem) {
    return new ProfileFormatException("decompressing profile: " + problem);
  }
}
