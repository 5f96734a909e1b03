// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where macOS's binaries expect to be loaded ({@code mach-o/loader.h}). */
public final class MachOFile {
  private static final int MAGIC_32 = 0xfeedface;
  private static final int MAGIC_64 = 0xfeedfacf;
  private static final int SEGMENT = 1;
  private static final int SEGMENT_64 = 0x19;
  private static final int MAX_COMMANDS = 1 << 20;

  private MachOFile() {}

  /**
   * How far the code is moved if a mapping of it starts at an address.
   *
   * @throws IOException if the file is damaged, or has no segment {@code __TEXT}
   */
  public static long base(Path file, long start) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ElfFile.bytes(channel, 0, 28);
      int magic = head.order(ByteOrder.BIG_ENDIAN).getInt(0);
      if (magic != MAGIC_32 && magic != MAGIC_64) {
        head.order(ByteOrder.LITTLE_ENDIAN);
      }
      boolean wide = head.getInt(0) == MAGIC_64;
      int size = head.getInt(20);
      if (size < 0 || size > MAX_COMMANDS) {
        throw new IOException("error reading Mach-O file " + file + ": " + size + " commands");
      }
      long text = textAddress(ElfFile.bytes(channel, wide ? 32 : 28, size).order(head.order()));
      if (Long.compareUnsigned(text, start) > 0) {
        throw new IOException(
            "could not identify base for %s: __TEXT segment address (0x%x) > mapping start address (0x%x)"
                .formatted(file, text, start));
      }
      return start - text;
    }
  }

  private static long textAddress(ByteBuffer commands) throws IOException {
    for (int at = 0; at + 32 <= commands.limit(); ) {
      int command = commands.getInt(at);
      int size = commands.getInt(at + 4);
      boolean isSegment = command == SEGMENT || command == SEGMENT_64;
      if (isSegment && isText(commands, at + 8)) {
        return command == SEGMENT_64
            ? commands.getLong(at + 24)
            : Integer.toUnsignedLong(commands.getInt(at + 24));
      }
      if (size < 8 || size > commands.limit() - at) {
        break;
      }
      at += size;
    }
    throw new IOException("could not identify base: no __TEXT segment");
  }

  private static boolean isText(ByteBuffer commands, int at) {
    String name = "__TEXT\0";
    for (int index = 0; index < name.length(); index++) {
      if (commands.get(at + index) != name.charAt(index)) {
        return false;
      }
    }
    return true;
  }
}
