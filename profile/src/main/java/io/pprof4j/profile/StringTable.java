// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The string table of a message being written: numbers strings in the order of their first use. */
final class StringTable {
  private static final int UNSEEN = -1;

  /** Numbers of the rows of each source table, by row. */
  private final IdentityHashMap<Strings, int[]> known = new IdentityHashMap<>();

  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<Key> order = new ArrayList<>();

  /** A row of a source table, equal to rows with equal bytes. */
  private record Key(Strings strings, int row) {
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Key key && strings.sameBytes(row, key.strings, key.row);
    }

    @Override
    public int hashCode() {
      return strings.hash(row);
    }
  }

  StringTable() {
    number("");
  }

  long number(String text) {
    byte[] utf8 = Utf8.encode(text);
    return number(new Key(new Strings(utf8, new int[] {0, utf8.length}), 0));
  }

  long number(Strings strings, int row) {
    int[] rows = known.computeIfAbsent(strings, StringTable::unseen);
    if (rows[row] == UNSEEN) {
      rows[row] = number(new Key(strings, row));
    }
    return rows[row];
  }

  private static int[] unseen(Strings strings) {
    int[] rows = new int[strings.size()];
    Arrays.fill(rows, UNSEEN);
    return rows;
  }

  private int number(Key key) {
    Integer number = numbers.get(key);
    if (number == null) {
      number = order.size();
      numbers.put(key, number);
      order.add(key);
    }
    return number;
  }

  /** Writes all strings as field {@code field}. */
  void writeTo(ProtoOutput out, int field) {
    for (Key key : order) {
      out.length(field, key.strings.byteLength(key.row));
      key.strings.writeTo(key.row, out);
    }
  }
}
