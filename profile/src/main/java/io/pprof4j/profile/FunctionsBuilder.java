// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import io.pprof4j.profile.internal.column.RowIndex;

/** Collects functions and numbers equal ones alike. Their texts are rows of a table of strings. */
final class FunctionsBuilder {
  private static final int NAMES = 3;

  private final RowIndex index = new RowIndex();

  /** Name, system name and file name of each function. */
  private final IntColumn names = new IntColumn();

  private final LongColumn startLine = new LongColumn();

  int size() {
    return index.size();
  }

  /** The row of a function. */
  int intern(int name, int systemName, int filename, long start) {
    int hash = RowIndex.mix(RowIndex.mix(RowIndex.mix(name, systemName), filename + 1L), start);
    int slot = index.slot(hash);
    for (long entry = index.at(slot); entry != RowIndex.FREE; entry = index.at(slot)) {
      int row = RowIndex.row(entry);
      if (RowIndex.hash(entry) == hash
          && names.get(row * NAMES) == name
          && names.get(row * NAMES + 1) == systemName
          && names.get(row * NAMES + 2) == filename
          && startLine.get(row) == start) {
        return row;
      }
      slot = index.next(slot);
    }
    names.add(name);
    names.add(systemName);
    names.add(filename);
    startLine.add(start);
    return index.add(hash, slot);
  }

  /** The functions so far; more may be added afterwards. Ids are rows plus one. */
  Functions build(Strings text) {
    Functions table = new Functions(text, size());
    for (int row = 0; row < table.size(); row++) {
      table.id[row] = row + 1L;
      table.name[row] = names.get(row * NAMES);
      table.systemName[row] = names.get(row * NAMES + 1);
      table.filename[row] = names.get(row * NAMES + 2);
      table.startLine[row] = startLine.get(row);
    }
    return table;
  }
}
