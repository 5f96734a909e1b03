// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes over the events of a chunk from first to last, with a part of the file in memory. */
final class EventWindow {
  private static final int WINDOW = 1 << 20;

  /** Size and type of an event, two numbers. */
  private static final int HEAD = 18;

  private final RecordingBytes file;
  private final long end;
  private final Cursor cursor = new Cursor();
  private byte[] window;
  private long windowStart;
  private int windowLength;
  private long eventStart;
  private long next;
  private long type;

  /**
   * A window at the first event.
   *
   * @param whole starts with the chunk's bytes, if they are in memory already
   */
  EventWindow(RecordingBytes file, ChunkHeader header, byte @Nullable [] whole) {
    this.file = file;
    end = header.end();
    next = header.start() + ChunkHeader.SIZE;
    window = whole == null ? new byte[WINDOW] : whole;
    windowStart = whole == null ? next : header.start();
    windowLength = whole == null ? 0 : (int) (end - header.start());
  }

  /** Goes to the next event; false if there is none. */
  boolean advance() throws IOException {
    if (next >= end) {
      return false;
    }
    eventStart = next;
    load(HEAD);
    long size = cursor.number();
    if (size <= 0 || size > end - eventStart) {
      throw Cursor.malformed(
          "an event of %d bytes with %d left in its chunk".formatted(size, end - eventStart),
          eventStart);
    }
    type = cursor.number();
    next = eventStart + size;
    return true;
  }

  /** The number of the event's type. */
  long type() {
    return type;
  }

  /** Where the event is in the file. */
  long offset() {
    return eventStart;
  }

  /** The fields of the event, up to its end. */
  Cursor body() throws IOException {
    int head = (int) (cursor.offset() - eventStart);
    long size = next - eventStart;
    if (size > Integer.MAX_VALUE - 8) {
      throw Cursor.malformed("an event of " + size + " bytes", eventStart);
    }
    load((int) size);
    int at = (int) (eventStart - windowStart);
    cursor.open(window, at + head, at + (int) size, windowStart);
    return cursor;
  }

  /** Sees to it that bytes from the event's start on are in the window, as far as there are any. */
  private void load(int length) throws IOException {
    int wanted = (int) Math.min(length, end - eventStart);
    if (eventStart + wanted > windowStart + windowLength) {
      if (wanted > window.length) {
        window = new byte[wanted];
      }
      windowStart = eventStart;
      windowLength = (int) Math.min(window.length, end - eventStart);
      file.read(windowStart, window, windowLength);
    }
    int at = (int) (eventStart - windowStart);
    cursor.open(window, at, at + wanted, windowStart);
  }

  /** The bytes of one event, which begins at a place and ends before another. */
  static byte[] event(RecordingBytes file, long at, long end) throws IOException {
    int head = (int) Math.min(HEAD, end - at);
    Cursor cursor = new Cursor();
    cursor.open(file.read(at, head, end), 0, head, at);
    return file.read(at, cursor.number(), end);
  }
}
