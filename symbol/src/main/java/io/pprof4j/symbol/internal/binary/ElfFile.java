// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The head of an ELF file: what is loaded where, and the build id. */
public final class ElfFile {
  public static final int TYPE_RELOCATABLE = 1;
  public static final int TYPE_EXECUTABLE = 2;
  public static final int TYPE_SHARED = 3;

  private static final int LOAD = 1;
  private static final int NOTE = 4;
  private static final int EXECUTABLE_FLAG = 1;
  private static final int NOTE_BUILD_ID = 3;
  private static final int MAX_TABLE = 1 << 20;

  /** A part that is loaded into memory (ELF, program header of type PT_LOAD). */
  public record Segment(
      long offset,
      long address,
      long fileSize,
      long memorySize,
      long alignment,
      boolean executable) {
    private boolean contains(long sectionAddress) {
      return Long.compareUnsigned(sectionAddress, address) >= 0
          && Long.compareUnsigned(sectionAddress, address + memorySize) < 0;
    }
  }

  private final int type;
  private final List<Segment> segments;
  private final String buildId;
  private final OptionalLong textAddress;

  private ElfFile(int type, List<Segment> segments, String buildId, OptionalLong textAddress) {
    this.type = type;
    this.segments = segments;
    this.buildId = buildId;
    this.textAddress = textAddress;
  }

  /** {@link #TYPE_EXECUTABLE} or {@link #TYPE_SHARED}, or another number. */
  int type() {
    return type;
  }

  public List<Segment> segments() {
    return segments;
  }

  /** The segment that holds the section {@code .text}; null if there is none. */
  public @Nullable Segment textSegment() {
    for (Segment segment : segments) {
      if (textAddress.isPresent()
          && segment.executable()
          && segment.contains(textAddress.getAsLong())) {
        return segment;
      }
    }
    return null;
  }

  /** In hexadecimal; empty if there is none. */
  public String buildId() {
    return buildId;
  }

  /**
   * Reads the head of a file.
   *
   * @throws IOException if it is no ELF file, or is damaged
   */
  public static ElfFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel);
    }
  }

  private static ElfFile read(FileChannel channel) throws IOException {
    ByteBuffer head = bytes(channel, 0, 64);
    if (head.getInt(0) != 0x464c457f) {
      throw new IOException("bad magic number");
    }
    boolean wide = head.get(4) == 2;
    head.order(head.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long table = wide ? head.getLong(32) : Integer.toUnsignedLong(head.getInt(28));
    int size = Short.toUnsignedInt(head.getShort(wide ? 54 : 42));
    int count = Short.toUnsignedInt(head.getShort(wide ? 56 : 44));
    List<Segment> segments = new ArrayList<>();
    String buildId = "";
    for (int i = 0; i < count; i++) {
      ByteBuffer header =
          bytes(channel, table + (long) i * size, wide ? 56 : 32).order(head.order());
      int kind = header.getInt(0);
      Segment segment = wide ? wide(header) : narrow(header);
      if (kind == LOAD) {
        segments.add(segment);
      } else if (kind == NOTE && buildId.isEmpty() && segment.fileSize() <= MAX_TABLE) {
        ByteBuffer notes = bytes(channel, segment.offset(), (int) segment.fileSize());
        buildId = buildId(notes.order(head.order()));
      }
    }
    return new ElfFile(
        Short.toUnsignedInt(head.getShort(16)),
        List.copyOf(segments),
        buildId,
        ElfSections.textAddress(channel, head));
  }

  private static Segment wide(ByteBuffer header) {
    return new Segment(
        header.getLong(8),
        header.getLong(16),
        header.getLong(32),
        header.getLong(40),
        header.getLong(48),
        (header.getInt(4) & EXECUTABLE_FLAG) != 0);
  }

  private static Segment narrow(ByteBuffer header) {
    return new Segment(
        Integer.toUnsignedLong(header.getInt(4)),
        Integer.toUnsignedLong(header.getInt(8)),
        Integer.toUnsignedLong(header.getInt(16)),
        Integer.toUnsignedLong(header.getInt(20)),
        Integer.toUnsignedLong(header.getInt(28)),
        (header.getInt(24) & EXECUTABLE_FLAG) != 0);
  }

  /** A part of a file, as little-endian until the reader says otherwise. */
  static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
    if (position < 0 || length < 0) {
      throw new IOException("offset " + position + " is outside the file");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position + buffer.position());
      if (read < 0) {
        throw new IOException("the file ends at byte " + (position + buffer.position()));
      }
    }
    return buffer.flip();
  }

  /** The descriptor of the note that GNU tools call build id; notes are padded to four bytes. */
  private static String buildId(ByteBuffer notes) {
    int at = 0;
    while (at + 12 <= notes.limit()) {
      int nameSize = notes.getInt(at);
      int size = notes.getInt(at + 4);
      int kind = notes.getInt(at + 8);
      long descriptor = at + 12L + padded(nameSize);
      if (nameSize < 0 || size < 0 || descriptor + size > notes.limit()) {
        return "";
      }
      if (kind == NOTE_BUILD_ID && nameSize == 4 && notes.getInt(at + 12) == gnu(notes)) {
        return hex(notes, (int) descriptor, size);
      }
      at = (int) (descriptor + padded(size));
    }
    return "";
  }

  private static int gnu(ByteBuffer notes) {
    return notes.order() == ByteOrder.LITTLE_ENDIAN ? 0x00554e47 : 0x474e5500;
  }

  private static long padded(int size) {
    return (size + 3L) & ~3L;
  }

  private static String hex(ByteBuffer bytes, int from, int length) {
    StringBuilder text = new StringBuilder();
    for (int at = from; at < from + length; at++) {
      text.append(Character.forDigit((bytes.get(at) >> 4) & 15, 16));
      text.append(Character.forDigit(bytes.get(at) & 15, 16));
    }
    return text.toString();
  }
}
