// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.RowIndex;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Builds a {@link Strings}: appends rows as they come, or interns them. */
final class StringsBuilder {
  private byte[] utf8 = new byte[1024];
  private int bytes;
  private final IntColumn offset = new IntColumn();
  private final Map<String, Integer> interned = new HashMap<>();

  /** Interned rows by their bytes; row numbers of the index are not those of the table. */
  private final RowIndex index = new RowIndex();

  private final IntColumn indexed = new IntColumn();
  private final CRC32 crc = new CRC32();

  StringsBuilder() {
    offset.add(0);
  }

  /** A builder that starts with all rows of {@code base}, at the same row numbers. */
  static StringsBuilder extending(Strings base) {
    StringsBuilder builder = new StringsBuilder();
    for (int row = 0; row < base.size(); row++) {
      base.copyTo(row, builder);
    }
    return builder;
  }

  int size() {
    return offset.size() - 1;
  }

  /** Appends a row without looking for an equal one. */
  int append(byte[] source, int from, int length) {
    if (bytes + (long) length > utf8.length) {
      utf8 = Arrays.copyOf(utf8, Capacity.grow(utf8.length, bytes + (long) length));
    }
    System.arraycopy(source, from, utf8, bytes, length);
    bytes += length;
    offset.add(bytes);
    return size() - 1;
  }

  /** The row of a string that was interned before, or a new one. */
  int intern(String text) {
    Integer row = interned.get(text);
    if (row == null) {
      byte[] encoded = Utf8.encode(text);
      row = intern(encoded, 0, encoded.length, hash(encoded, 0, encoded.length));
      interned.put(text, row);
    }
    return row;
  }

  /** The row of the string in a row of another table, without decoding it. */
  int intern(Strings source, int row) {
    return source.internInto(this, row);
  }

  /** The row of a string that was interned before, or a new one. */
  int intern(byte[] source, int from, int length) {
    return intern(source, from, length, hash(source, from, length));
  }

  private int intern(byte[] source, int from, int length, int hash) {
    int slot = index.slot(hash);
    for (long at = index.at(slot); at != RowIndex.FREE; at = index.at(slot)) {
      if (RowIndex.hash(at) == hash) {
        int row = indexed.get(RowIndex.row(at));
        if (matches(row, source, from, length)) {
          return row;
        }
      }
      slot = index.next(slot);
    }
    index.add(hash, slot);
    indexed.add(append(source, from, length));
    return size() - 1;
  }

  private boolean matches(int row, byte[] source, int from, int length) {
    return Arrays.equals(utf8, offset.get(row), offset.get(row + 1), source, from, from + length);
  }

  /** The checksum, as every compiler has an intrinsic for it: a fifth of a loop's time. */
  private int hash(byte[] source, int from, int length) {
    crc.reset();
    crc.update(source, from, length);
    return (int) crc.getValue();
  }

  /** The strings; the builder must not be used afterwards. */
  Strings build() {
    boolean spare = utf8.length - bytes > bytes >> 2;
    return new Strings(spare ? Arrays.copyOf(utf8, bytes) : utf8, offset.toArray());
  }
}
