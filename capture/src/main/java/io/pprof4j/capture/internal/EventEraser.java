// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Overwrites the fields of events in a recording with zeros, which is how the format says "none".
 * The events stay where they are, with their time, so nothing else in the file has to change. Works
 * for events of the JVM itself, whose texts are in the event and not in the constant pools.
 */
final class EventEraser {
  /*
   * A chunk is a header and then events, each with its size in front (of itself too) and then the
   * number of its type; see FinishedChunks for the header. Integers are base 128, low bits first.
   */
  private static final int HEADER_BYTES = 68;
  private static final int MAGIC = 0x464c5200; // "FLR\0"
  private static final int SIZE_AT = 8;

  private final ByteBuffer bytes;
  private final Set<Long> types;
  private int at;

  private EventEraser(ByteBuffer bytes, Set<Long> types) {
    this.bytes = bytes;
    this.types = types;
  }

  /**
   * Erases events.
   *
   * @param types the numbers of their types
   * @throws IOException if the file cannot be changed or is no recording
   */
  static void erase(Path file, Set<Long> types) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException("the recording is larger than 2 GB");
      }
      ByteBuffer bytes = channel.map(MapMode.READ_WRITE, 0, channel.size());
      new EventEraser(bytes, types).eraseAll();
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("the recording is malformed", e);
    }
  }

  private void eraseAll() throws IOException {
    int chunk = 0;
    while (chunk < bytes.limit()) {
      if (bytes.getInt(chunk) != MAGIC) {
        throw new IOException("no chunk of a recording at byte " + chunk);
      }
      int end = Math.toIntExact(chunk + bytes.getLong(chunk + SIZE_AT));
      for (int event = chunk + HEADER_BYTES; event < end; ) {
        event = eraseOne(event);
      }
      chunk = end;
    }
  }

  /** Erases the event at a place if it is to go; returns the place behind it. */
  private int eraseOne(int event) throws IOException {
    at = event;
    long size = number();
    long type = number();
    if (size <= at - event || size > bytes.limit() - event) {
      throw new IOException("an event of %d bytes at byte %d".formatted(size, event));
    }
    int end = event + (int) size;
    if (types.contains(type)) {
      number(); // its time
      while (at < end) {
        bytes.put(at++, (byte) 0);
      }
    }
    return end;
  }

  private long number() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte unit = bytes.get(at++);
      if (shift == 56) {
        return number | (unit & 0xffL) << shift; // the ninth byte has no continuation
      }
      number |= (unit & 0x7fL) << shift;
      if (unit >= 0) {
        return number;
      }
    }
    return number;
  }
}
