// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/** The table of sections of an ELF file, of which only {@code .text} is wanted. */
final class ElfSections {
  private static final String TEXT = ".text\0";

  private ElfSections() {}

  /**
   * The address of the section {@code .text}; empty if the file has none.
   *
   * @param head the first 64 bytes, in the file's byte order
   */
  static OptionalLong textAddress(FileChannel channel, ByteBuffer head) throws IOException {
    boolean wide = head.get(4) == 2;
    long table = wide ? head.getLong(40) : Integer.toUnsignedLong(head.getInt(32));
    int size = Short.toUnsignedInt(head.getShort(wide ? 58 : 46));
    int count = Short.toUnsignedInt(head.getShort(wide ? 60 : 48));
    int names = Short.toUnsignedInt(head.getShort(wide ? 62 : 50));
    if (table == 0 || names >= count) {
      return OptionalLong.empty();
    }
    ByteBuffer all = ElfFile.bytes(channel, table, count * size).order(head.order());
    int nameHeader = names * size;
    long text =
        wide ? all.getLong(nameHeader + 24) : Integer.toUnsignedLong(all.getInt(nameHeader + 16));
    for (int section = 0; section < count; section++) {
      int at = section * size;
      long name = text + Integer.toUnsignedLong(all.getInt(at));
      if (name + TEXT.length() <= channel.size() && isText(channel, name)) {
        return OptionalLong.of(
            wide ? all.getLong(at + 16) : Integer.toUnsignedLong(all.getInt(at + 12)));
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isText(FileChannel channel, long position) throws IOException {
    ByteBuffer name = ElfFile.bytes(channel, position, TEXT.length());
    for (int at = 0; at < TEXT.length(); at++) {
      if (name.get(at) != TEXT.charAt(at)) {
        return false;
      }
    }
    return true;
  }
}
