// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.hpack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Decodes header blocks of one connection (RFC 7541). Not thread-safe. */
public final class HpackDecoder {
  /** Takes the fields of a block, in their order. */
  public interface FieldConsumer {
    /** Takes one field; the name is in lower case. */
    void field(String name, String value) throws IOException;
  }

  private static final int MAX_TABLE_BYTES = 4096;
  private static final int MAX_STRING_BYTES = 1 << 20;

  private final HeaderTable table = new HeaderTable(MAX_TABLE_BYTES);
  private byte[] block = new byte[0];
  private int at;
  private int end;

  /** Makes a decoder whose dynamic table is empty. */
  public HpackDecoder() {}

  /**
   * Decodes a complete block.
   *
   * @throws IOException if it is malformed; the connection cannot be used any longer then
   */
  public void decode(byte[] bytes, int offset, int length, FieldConsumer fields)
      throws IOException {
    block = bytes;
    at = offset;
    end = offset + length;
    boolean fieldSeen = false;
    while (at < end) {
      int first = bytes[at];
      if ((first & 0x80) != 0) {
        HeaderTable.Entry entry = entry(integer(7));
        fields.field(entry.name(), entry.value());
        fieldSeen = true;
      } else if ((first & 0x40) != 0) {
        HeaderTable.Entry entry = literal(6);
        table.add(entry);
        fields.field(entry.name(), entry.value());
        fieldSeen = true;
      } else if ((first & 0x20) != 0) {
        resize(fieldSeen);
      } else {
        HeaderTable.Entry entry = literal(4);
        fields.field(entry.name(), entry.value());
        fieldSeen = true;
      }
    }
  }

  private void resize(boolean fieldSeen) throws IOException {
    int size = integer(5);
    if (fieldSeen || size > MAX_TABLE_BYTES) {
      throw new IOException("hpack: dynamic table size update not allowed here");
    }
    table.maxSize(size);
  }

  private HeaderTable.Entry entry(int index) throws IOException {
    HeaderTable.Entry entry = table.get(index);
    if (entry == null) {
      throw new IOException("hpack: invalid indexed representation index " + index);
    }
    return entry;
  }

  private HeaderTable.Entry literal(int prefixBits) throws IOException {
    int index = integer(prefixBits);
    String name = index == 0 ? string() : entry(index).name();
    return new HeaderTable.Entry(name, string());
  }

  /** An integer whose first bits are in the low bits of the current byte (RFC 7541, 5.1). */
  private int integer(int prefixBits) throws IOException {
    int mask = (1 << prefixBits) - 1;
    int value = next() & mask;
    if (value < mask) {
      return value;
    }
    int shift = 0;
    int part;
    do {
      part = next();
      if (shift > 21) {
        throw new IOException("hpack: integer too large");
      }
      value += (part & 0x7f) << shift;
      shift += 7;
    } while ((part & 0x80) != 0);
    return value;
  }

  private int next() throws IOException {
    if (at >= end) {
      throw new IOException("hpack: header block ends early");
    }
    return block[at++];
  }

  private String string() throws IOException {
    boolean huffman = at < end && (block[at] & 0x80) != 0;
    int length = integer(7);
    if (length > end - at || length > MAX_STRING_BYTES) {
      throw new IOException("hpack: string longer than its block");
    }
    int start = at;
    at += length;
    return huffman
        ? Huffman.decode(block, start, at)
        : new String(block, start, length, StandardCharsets.ISO_8859_1);
  }
}
