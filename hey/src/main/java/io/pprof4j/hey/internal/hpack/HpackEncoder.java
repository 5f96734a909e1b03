// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.hpack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes header blocks of one connection (RFC 7541), without Huffman. Not thread-safe. */
public final class HpackEncoder {
  /*
   * A load generator sends few different fields very often. Each is put into the dynamic table when
   * it is sent first, as long as nothing need be evicted, and is one byte or two from then on. So
   * an encoded block stays valid until the generation changes, and callers keep it.
   */
  private static final int DEFAULT_TABLE_BYTES = 4096;

  private final HeaderTable table = new HeaderTable(DEFAULT_TABLE_BYTES);
  private boolean resized;
  private int generation;

  /** Makes an encoder whose dynamic table is empty. */
  public HpackEncoder() {}

  /** Changes whenever blocks that were encoded before must be encoded again. */
  public int generation() {
    return generation;
  }

  /** The peer bounds the dynamic table (SETTINGS_HEADER_TABLE_SIZE). */
  public void maxTableBytes(int bytes) {
    int bounded = Math.min(bytes, DEFAULT_TABLE_BYTES);
    if (bounded != table.maxSize()) {
      // Starting over is simpler than finding out which entries survive.
      table.maxSize(0);
      table.maxSize(bounded);
      resized = true;
      generation++;
    }
  }

  /**
   * Encodes fields, given as name, value, name, value; the names in lower case.
   *
   * @return the block
   */
  public byte[] encode(List<String> namesAndValues) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (resized) {
      resized = false;
      generation++;
      integer(out, 0x20, 5, 0);
      integer(out, 0x20, 5, table.maxSize());
    }
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      encode(out, new HeaderTable.Entry(namesAndValues.get(i), namesAndValues.get(i + 1)));
    }
    return out.toByteArray();
  }

  private void encode(ByteArrayOutputStream out, HeaderTable.Entry field) {
    int index = indexOf(field);
    if (index > 0) {
      integer(out, 0x80, 7, index);
      return;
    }
    boolean fits = table.size() + field.size() <= table.maxSize();
    int nameIndex = indexOfName(field.name());
    integer(out, fits ? 0x40 : 0, fits ? 6 : 4, nameIndex);
    if (nameIndex == 0) {
      string(out, field.name());
    }
    string(out, field.value());
    if (fits) {
      table.add(field);
      generation++;
    }
  }

  private int indexOf(HeaderTable.Entry field) {
    int index = HeaderTable.STATIC_ENTRIES.indexOf(field);
    // A static entry without value has the value "", which an equal field would match rightly.
    if (index >= 0) {
      return index + 1;
    }
    int dynamic = table.entries().indexOf(field);
    return dynamic < 0 ? 0 : HeaderTable.STATIC_ENTRIES.size() + 1 + dynamic;
  }

  private static int indexOfName(String name) {
    for (int i = 0; i < HeaderTable.STATIC_ENTRIES.size(); i++) {
      if (HeaderTable.STATIC_ENTRIES.get(i).name().equals(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    integer(out, 0, 7, bytes.length);
    out.writeBytes(bytes);
  }

  private static void integer(ByteArrayOutputStream out, int flags, int prefixBits, int value) {
    int mask = (1 << prefixBits) - 1;
    if (value < mask) {
      out.write(flags | value);
      return;
    }
    out.write(flags | mask);
    int rest = value - mask;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
