// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes of a chunk: all in memory if it is not large, else read where they are wanted. */
final class ChunkBytes {
  /** Chunks of the JDK are of 12 MB and somewhat more, unless somebody asks for others. */
  private static final int WHOLE = 32 << 20;

  private final RecordingBytes file;
  private final ChunkHeader header;
  private final byte @Nullable [] whole;

  ChunkBytes(RecordingBytes file, ChunkHeader header) throws IOException {
    this.file = file;
    this.header = header;
    long size = header.end() - header.start();
    whole = size > WHOLE ? null : file.take((int) size);
    if (whole != null) {
      file.read(header.start(), whole, (int) size);
    }
  }

  /** Ends the use of the bytes. */
  void release() {
    if (whole != null) {
      file.giveBack(whole);
    }
  }

  /** A cursor over the event that begins at a place of the file and ends before another. */
  Cursor event(long at, long end) throws IOException {
    Cursor cursor = new Cursor();
    if (whole == null) {
      byte[] bytes = EventWindow.event(file, at, end);
      cursor.open(bytes, 0, bytes.length, at);
      return cursor;
    }
    int from = (int) (at - header.start());
    int room = (int) (end - at);
    cursor.open(whole, from, from + room, header.start());
    long size = cursor.number();
    if (size < 0 || size > room) {
      throw RecordingBytes.announced(size, room, at);
    }
    cursor.open(whole, from, from + (int) size, header.start());
    return cursor;
  }

  /** A window at the first event. */
  EventWindow events() {
    return new EventWindow(file, header, whole);
  }
}
