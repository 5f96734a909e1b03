// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import io.pprof4j.profile.internal.column.RowIndex;
import java.util.Arrays;

/**
 * Collects locations and numbers equal ones alike. The lines of a location are told one by one,
 * innermost first, and then what they are of.
 */
final class LocationsBuilder {
  private static final int LINE_FIELDS = 3;

  private final RowIndex index = new RowIndex();
  private final LongColumn address = new LongColumn();
  private final IntColumn mapping = new IntColumn();
  private final IntColumn folded = new IntColumn();

  /** Where in {@code lines} each location begins. */
  private final IntColumn first = new IntColumn();

  /** Function, line and column of each line: what one line is, in one place. */
  private final LongColumn lines = new LongColumn();

  private long[] pending = new long[16 * LINE_FIELDS];
  private int pendingSize;

  LocationsBuilder() {
    first.add(0);
  }

  int size() {
    return index.size();
  }

  /** Tells the next line of the location to come. */
  void line(int function, long line, long column) {
    if (pending.length - pendingSize < LINE_FIELDS) {
      int needed = Math.addExact(pendingSize, LINE_FIELDS);
      pending = Arrays.copyOf(pending, Capacity.grow(pending.length, needed));
    }
    pending[pendingSize] = function;
    pending[pendingSize + 1] = line;
    pending[pendingSize + 2] = column;
    pendingSize += LINE_FIELDS;
  }

  /** The row of the location that has the lines told. */
  int finish(int ofMapping, long at, boolean isFolded) {
    int hash = hash(ofMapping, at, isFolded);
    int slot = index.slot(hash);
    for (long entry = index.at(slot); entry != RowIndex.FREE; entry = index.at(slot)) {
      int row = RowIndex.row(entry);
      if (RowIndex.hash(entry) == hash && isEqual(row, ofMapping, at, isFolded)) {
        pendingSize = 0;
        return row;
      }
      slot = index.next(slot);
    }
    append(ofMapping, at, isFolded);
    return index.add(hash, slot);
  }

  /** The row of a location of its own that has the lines told: no other will be given it. */
  int finishApart(int ofMapping, long at, boolean isFolded) {
    append(ofMapping, at, isFolded);
    return index.skip();
  }

  private int hash(int ofMapping, long at, boolean isFolded) {
    int hash = RowIndex.mix(RowIndex.mix(ofMapping + 2, at), isFolded ? 1 : 0);
    for (int field = 0; field < pendingSize; field++) {
      hash = RowIndex.mix(hash, pending[field] + field);
    }
    return hash;
  }

  private boolean isEqual(int row, int ofMapping, long at, boolean isFolded) {
    return address.get(row) == at
        && mapping.get(row) == ofMapping
        && (folded.get(row) != 0) == isFolded
        && first.get(row + 1) - first.get(row) == pendingSize
        && lines.matches(first.get(row), pending, pendingSize);
  }

  private void append(int ofMapping, long at, boolean isFolded) {
    address.add(at);
    mapping.add(ofMapping);
    folded.add(isFolded ? 1 : 0);
    lines.addAll(pending, 0, pendingSize);
    first.add(lines.size());
    pendingSize = 0;
  }

  /** The locations so far; more may be added afterwards. Ids are rows plus one. */
  Locations build(Mappings mappings, Functions functions) {
    int count = lines.size() / LINE_FIELDS;
    Locations table = new Locations(mappings, functions, size(), count);
    for (int row = 0; row < table.size(); row++) {
      table.id[row] = row + 1L;
      table.mapping[row] = mapping.get(row);
      table.address[row] = address.get(row);
      table.folded[row] = folded.get(row) != 0;
      table.firstLine[row + 1] = first.get(row + 1) / LINE_FIELDS;
    }
    for (int line = 0; line < count; line++) {
      table.lineFunction[line] = (int) lines.get(line * LINE_FIELDS);
      table.line[line] = lines.get(line * LINE_FIELDS + 1);
      table.column[line] = lines.get(line * LINE_FIELDS + 2);
    }
    return table;
  }
}
