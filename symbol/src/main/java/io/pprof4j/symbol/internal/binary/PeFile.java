// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where Windows's binaries expect to be loaded (PE format, optional header, ImageBase). */
public final class PeFile {
  private static final int NARROW = 0x10b;
  private static final int WIDE = 0x20b;

  private PeFile() {}

  /**
   * How far the code is moved if a mapping of it starts at an address; not at all for address 0.
   *
   * @throws IOException if the file is damaged
   */
  public static long base(Path file, long start) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int header = ElfFile.bytes(channel, 0x3c, 4).getInt();
      ByteBuffer optional = ElfFile.bytes(channel, header + 24L, 32);
      long imageBase =
          switch (Short.toUnsignedInt(optional.getShort(0))) {
            case NARROW -> Integer.toUnsignedLong(optional.getInt(28));
            case WIDE -> optional.getLong(24);
            default -> throw new IOException("error reading PE file " + file + ": unknown header");
          };
      return start == 0 ? 0 : start - imageBase;
    }
  }
}
