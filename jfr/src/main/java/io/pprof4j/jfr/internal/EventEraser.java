// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Overwrites the fields of events in a recording with zeros, which is how the format says "none",
 * and the texts among the constants that they refer to with asterisks. Everything stays where it
 * is, so nothing else in the file has to change.
 */
public final class EventEraser {
  private static final String TEXT_TYPE = "java.lang.String";
  private static final byte BLANK = '*';

  private final RecordingBytes file;
  private final ChunkHeader header;
  private final byte[] chunk;
  private final Metadata metadata;

  /** The layouts of types whose events are erased, by their numbers. */
  private final Map<Long, Layout> erased = new HashMap<>();

  /** The layouts of constants. */
  private final Map<Long, Layout> constants = new HashMap<>();

  /** The ids of texts among the constants that erased events referred to. */
  private final Set<Long> texts = new HashSet<>();

  private EventEraser(RecordingBytes file, ChunkHeader header, Set<String> names)
      throws IOException {
    this.file = file;
    this.header = header;
    chunk = file.read(header.start(), header.end() - header.start(), file.size());
    Cursor in = new Cursor();
    in.open(chunk, (int) (header.metadata() - header.start()), chunk.length, header.start());
    metadata = Metadata.read(in, null);
    for (String name : names) {
      JfrType type = metadata.type(name);
      if (type != null) {
        erased.put(type.id(), Layout.of(type, metadata, header.start()));
      }
    }
  }

  /**
   * Erases events. A text among the constants of a chunk is gone from all events that refer to it.
   *
   * @param names the names of their types
   * @throws ProfileFormatException if the file is no recording, or is damaged; what is before the
   *     damaged chunk is erased then
   * @throws IOException if the file cannot be read or changed
   */
  public static void erase(Path path, Set<String> names) throws IOException {
    try (RecordingBytes file = new RecordingBytes(path);
        FileChannel target = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (long at = 0; at < file.size(); ) {
        ChunkHeader header = ChunkHeader.read(file, at);
        EventEraser eraser = new EventEraser(file, header, names);
        if (eraser.eraseEvents()) {
          eraser.eraseTexts();
          write(eraser.chunk, target, at);
        }
        at = header.end();
      }
    }
  }

  private static void write(byte[] chunk, FileChannel target, long offset) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(chunk);
    while (left.hasRemaining()) {
      target.write(left, offset + left.position());
    }
  }

  /** Erases events, and notes the texts that they refer to; false if there were none. */
  private boolean eraseEvents() throws IOException {
    boolean any = false;
    EventWindow events = new EventWindow(file, header, chunk);
    while (events.advance()) {
      Layout layout = erased.get(events.type());
      if (layout != null) {
        eraseEvent(events.body(), layout);
        any = true;
      }
    }
    return any;
  }

  private void eraseEvent(Cursor in, Layout layout) throws ProfileFormatException {
    int start = in.position();
    int end = start + in.remaining();
    long[] slots = new long[layout.slots()];
    layout.read(in, slots);
    for (int slot = 0; slot < slots.length; slot++) {
      if (layout.isText(slot) && chunk[(int) slots[slot]] == TextEncoding.CONSTANT) {
        in.position((int) slots[slot] + 1);
        texts.add(in.number());
      }
    }
    in.position(start);
    in.number(); // its time stays
    Arrays.fill(chunk, in.position(), end, (byte) 0);
  }

  private void eraseTexts() throws IOException {
    EventWindow events = new EventWindow(file, header, chunk);
    while (!texts.isEmpty() && events.advance()) {
      if (events.type() == ConstantPools.CHECKPOINT) {
        eraseTexts(events.body());
      }
    }
  }

  private void eraseTexts(Cursor in) throws ProfileFormatException {
    ConstantPools.distance(in);
    for (int pools = in.count(); pools > 0; pools--) {
      long number = in.number();
      JfrType type = metadata.typeOfConstants(number, in);
      Layout layout = constants.get(number);
      if (layout == null) {
        layout = Layout.of(type, metadata, in.offset());
        constants.put(number, layout);
      }
      boolean areTexts = type.name().equals(TEXT_TYPE);
      for (int left = in.count(); left > 0; left--) {
        long id = in.number();
        int from = in.position();
        layout.skip(in);
        if (areTexts && texts.contains(id)) {
          blank(from, in.position());
        }
      }
    }
  }

  /** Overwrites a text with one that takes as many bytes. */
  private void blank(int from, int to) throws ProfileFormatException {
    Cursor in = new Cursor();
    in.open(chunk, from, to, header.start());
    byte encoding = in.rawByte();
    if (encoding != TextEncoding.UTF8
        && encoding != TextEncoding.LATIN1
        && encoding != TextEncoding.CHARS) {
      return;
    }
    in.number(); // its length
    boolean first = true;
    for (int at = in.position(); at < to; at++) {
      // A character is a byte, or a number whose bytes but the last have their highest bit set.
      boolean last = encoding != TextEncoding.CHARS || chunk[at] >= 0;
      chunk[at] = (byte) ((first ? BLANK : 0) | (last ? 0 : 0x80));
      first = last;
    }
  }
}
