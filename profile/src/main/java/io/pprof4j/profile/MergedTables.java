// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import io.pprof4j.profile.internal.column.RowIndex;
import java.util.Arrays;

/** The strings, mappings, functions and locations of a merge. */
final class MergedTables {
  private static final int UNSEEN = -1;

  /** Sizes of mappings are rounded up to pages, since tools disagree about the last one. */
  private static final long PAGE = 0x1000;

  private final StringsBuilder strings = new StringsBuilder();

  private final RowIndex mappingIndex = new RowIndex();

  /** Size, offset and identity (a string row) of each mapping, which make its key. */
  private final LongColumn mappingKeys = new LongColumn();

  /** Start, limit, offset. */
  private final LongColumn mappings = new LongColumn();

  private final IntColumn mappingFilename = new IntColumn();
  private final IntColumn mappingBuildId = new IntColumn();
  private final IntColumn mappingFlags = new IntColumn();

  private final FunctionsBuilder functions = new FunctionsBuilder();
  private final LocationsBuilder locations = new LocationsBuilder();

  MergedTables() {
    strings.intern("");
  }

  /** The row of a string of another table. */
  int string(Strings source, int row) {
    return strings.intern(source, row);
  }

  /** Starts taking rows from the tables of one profile. */
  Source source(Locations from) {
    Source source = new Source(from);
    if (mappingIndex.size() == 0 && !from.mappings.isEmpty()) {
      source.mapping(0);
    }
    return source;
  }

  /** Maps the rows of one profile to merged rows, each at its first use. */
  final class Source {
    private final Locations from;
    private final int[] locationOf;
    private final int[] functionOf;
    private final int[] mappingOf;
    private final int[] stringOf;

    private Source(Locations from) {
      this.from = from;
      locationOf = unseen(from.size());
      functionOf = unseen(from.functions.size());
      mappingOf = unseen(from.mappings.size());
      stringOf = unseen(from.functions.strings.size());
    }

    private int[] unseen(int size) {
      int[] rows = new int[size];
      Arrays.fill(rows, UNSEEN);
      return rows;
    }

    /** Replaces the first {@code count} rows of locations in the profile by merged ones. */
    void merge(int[] rows, int count) {
      int[] known = locationOf;
      for (int at = 0; at < count; at++) {
        int location = rows[at];
        int merged = known[location];
        if (merged == UNSEEN) {
          merged = addLocation(location);
          known[location] = merged;
        }
        rows[at] = merged;
      }
    }

    private int addLocation(int location) {
      int mapping = from.mapping[location];
      int merged = Locations.NO_MAPPING;
      long moved = 0;
      if (mapping != Locations.NO_MAPPING) {
        merged = mapping(mapping);
        moved = mappings.get(merged * 3) - from.mappings.start[mapping];
      }
      int end = from.firstLine[location + 1];
      for (int line = from.firstLine[location]; line < end; line++) {
        int function = function(from.lineFunction[line]);
        locations.line(function, from.line[line], from.column[line]);
      }
      return locations.finish(merged, from.address[location] + moved, from.folded[location]);
    }

    private int function(int function) {
      if (functionOf[function] == UNSEEN) {
        Functions table = from.functions;
        functionOf[function] =
            functions.intern(
                functionString(table.name[function]),
                functionString(table.systemName[function]),
                functionString(table.filename[function]),
                table.startLine[function]);
      }
      return functionOf[function];
    }

    private int functionString(int row) {
      if (stringOf[row] == UNSEEN) {
        stringOf[row] = string(from.functions.strings, row);
      }
      return stringOf[row];
    }

    private int mapping(int mapping) {
      if (mappingOf[mapping] == UNSEEN) {
        mappingOf[mapping] = internMapping(from.mappings, mapping);
      }
      return mappingOf[mapping];
    }
  }

  private int internMapping(Mappings table, int row) {
    long size = table.limit[row] - table.start[row] + PAGE - 1;
    size -= Long.remainderUnsigned(size, PAGE);
    int filename = string(table.strings, table.filename[row]);
    int buildId = string(table.strings, table.buildId[row]);
    int identity = table.strings.isEmpty(table.buildId[row]) ? filename : buildId;
    int hash = RowIndex.mix(RowIndex.mix(identity, size), table.offset[row]);
    int slot = mappingIndex.slot(hash);
    for (long at = mappingIndex.at(slot); at != RowIndex.FREE; at = mappingIndex.at(slot)) {
      int old = RowIndex.row(at);
      if (RowIndex.hash(at) == hash
          && mappingKeys.get(old * 3) == size
          && mappingKeys.get(old * 3 + 1) == table.offset[row]
          && mappingKeys.get(old * 3 + 2) == identity) {
        return old;
      }
      slot = mappingIndex.next(slot);
    }
    mappingKeys.addAll(new long[] {size, table.offset[row], identity}, 0, 3);
    mappings.addAll(new long[] {table.start[row], table.limit[row], table.offset[row]}, 0, 3);
    mappingFilename.add(filename);
    mappingBuildId.add(buildId);
    mappingFlags.add(table.flags[row]);
    return mappingIndex.add(hash, slot);
  }

  /** All strings; none may be added afterwards. */
  Strings strings() {
    return strings.build();
  }

  /** All locations; their strings are those of {@link #strings}. */
  Locations build(Strings text) {
    return locations.build(buildMappings(text), functions.build(text));
  }

  private Mappings buildMappings(Strings text) {
    Mappings table = new Mappings(text, mappingIndex.size());
    for (int row = 0; row < table.size(); row++) {
      table.id[row] = row + 1L;
      table.start[row] = mappings.get(row * 3);
      table.limit[row] = mappings.get(row * 3 + 1);
      table.offset[row] = mappings.get(row * 3 + 2);
      table.filename[row] = mappingFilename.get(row);
      table.buildId[row] = mappingBuildId.get(row);
      table.flags[row] = (byte) mappingFlags.get(row);
    }
    return table;
  }
}
