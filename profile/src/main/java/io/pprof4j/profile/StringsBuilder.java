// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Builds a {@link Strings}: appends rows as they come, or interns them. */
final class StringsBuilder {
  private byte[] utf8 = new byte[1024];
  private int bytes;
  private final IntColumn offset = new IntColumn();
  private final Map<String, Integer> interned = new HashMap<>();

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
      row = append(encoded, 0, encoded.length);
      interned.put(text, row);
    }
    return row;
  }

  Strings build() {
    return new Strings(Arrays.copyOf(utf8, bytes), offset.toArray());
  }
}
