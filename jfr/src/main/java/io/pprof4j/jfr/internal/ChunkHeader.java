// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.io.IOException;

/**
 * The header of a chunk, 68 bytes. A recording is a sequence of chunks that do not refer to each
 * other.
 *
 * @param start where the chunk begins in the file
 * @param end where it ends
 * @param constants where its last checkpoint event is in the file
 * @param metadata where its metadata event is in the file
 * @param startNanos time at its start, nanoseconds since the epoch
 * @param durationNanos how long it lasted
 * @param startTicks ticks at its start
 * @param ticksPerSecond ticks that are a second
 * @param finished whether its writer came to its end
 */
record ChunkHeader(
    long start,
    long end,
    long constants,
    long metadata,
    long startNanos,
    long durationNanos,
    long startTicks,
    long ticksPerSecond,
    boolean finished) {
  static final int SIZE = 68;

  /** What every chunk starts with: {@code FLR} and a zero. */
  static final int MAGIC = 0x464C5200;

  private static final int COMPRESSED_INTEGERS = 1;

  /**
   * Reads a header.
   *
   * @throws io.pprof4j.profile.ProfileFormatException if it is none, or does not fit the file
   */
  static ChunkHeader read(RecordingBytes file, long start) throws IOException {
    if (file.size() - start < SIZE) {
      throw Cursor.malformed(
          "%d bytes where the header of a chunk needs %d".formatted(file.size() - start, SIZE),
          start);
    }
    Cursor in = new Cursor();
    in.open(file.read(start, SIZE, file.size()), 0, SIZE, start);
    if (in.rawNumber(4) != MAGIC) {
      throw Cursor.malformed("no chunk, which starts with FLR", start);
    }
    long major = in.rawNumber(2);
    long minor = in.rawNumber(2);
    if (major != 1 && major != 2) {
      throw Cursor.malformed(
          "version %d.%d, known are 1 and 2".formatted(major, minor), start + Integer.BYTES);
    }
    return fields(in, start, file.size());
  }

  private static ChunkHeader fields(Cursor in, long start, long fileSize) throws IOException {
    long size = in.rawNumber(8);
    long constants = in.rawNumber(8);
    long metadata = in.rawNumber(8);
    long startNanos = in.rawNumber(8);
    long durationNanos = in.rawNumber(8);
    long startTicks = in.rawNumber(8);
    long ticksPerSecond = in.rawNumber(8);
    boolean finished = in.rawByte() == 0;
    in.skip(2);
    if ((in.rawByte() & COMPRESSED_INTEGERS) == 0) {
      throw Cursor.malformed("integers that are not compressed", start + SIZE - 1);
    }
    if (size < SIZE || size > fileSize - start) {
      throw Cursor.malformed(
          "a chunk of %d bytes with %d left; the recording is cut off or damaged"
              .formatted(size, fileSize - start),
          start);
    }
    requireWithin("constants", constants, size, start);
    requireWithin("metadata", metadata, size, start);
    if (ticksPerSecond <= 0) {
      throw Cursor.malformed(ticksPerSecond + " ticks per second", start);
    }
    return new ChunkHeader(
        start,
        start + size,
        start + constants,
        start + metadata,
        startNanos,
        durationNanos,
        startTicks,
        ticksPerSecond,
        finished);
  }

  private static void requireWithin(String what, long position, long size, long start)
      throws IOException {
    if (position < SIZE || position >= size) {
      throw Cursor.malformed(
          "%s at %d of a chunk of %d bytes; the recording is cut off or damaged"
              .formatted(what, position, size),
          start);
    }
  }

  /** A span of ticks in nanoseconds. */
  long spanNanos(long ticks) {
    return (long) (ticks / (ticksPerSecond / 1e9));
  }

  /** A time in ticks as nanoseconds since the epoch. */
  long timeNanos(long ticks) {
    return startNanos + spanNanos(ticks - startTicks);
  }
}
