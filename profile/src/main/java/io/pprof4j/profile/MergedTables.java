// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;

/** The strings, mappings, functions and locations of a merge. */
final class MergedTables {
  private static final int UNSEEN = -1;

  /** Sizes of mappings are rounded up to pages, since tools disagree about the last one. */
  private static final long PAGE = 0x1000;

  private static final int LOCATION_FIELDS = 3;

  private final StringsBuilder strings = new StringsBuilder();

  private final RowIndex mappingIndex = new RowIndex();

  /** Size, offset and identity (a string row) of each mapping, which make its key. */
  private final LongColumn mappingKeys = new LongColumn();

  /** Start, limit, offset. */
  private final LongColumn mappings = new LongColumn();

  private final IntColumn mappingFilename = new IntColumn();
  private final IntColumn mappingBuildId = new IntColumn();
  private final IntColumn mappingFlags = new IntColumn();

  private final RowIndex functionIndex = new RowIndex();

  /** Name, system name and file name of each function. */
  private final IntColumn functionNames = new IntColumn();

  private final LongColumn functionStart = new LongColumn();

  private final RowIndex locationIndex = new RowIndex();
  private final LongColumn locationAddress = new LongColumn();
  private final IntColumn locationMapping = new IntColumn();
  private final IntColumn locationFolded = new IntColumn();
  private final IntColumn firstLine = new IntColumn();

  /** Function, line and column of each line: what one line is, in one place. */
  private final LongColumn lines = new LongColumn();

  private long[] pendingLines = new long[16 * LOCATION_FIELDS];

  MergedTables() {
    strings.intern("");
    firstLine.add(0);
  }

  /** The row of a string of another table. */
  int string(Strings source, int row) {
    return strings.intern(source, row);
  }

  /** Starts taking rows from the tables of one profile. */
  Source source(Locations locations) {
    Source source = new Source(locations);
    if (mappingIndex.size() == 0 && !locations.mappings.isEmpty()) {
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

    /**
     * Replaces the first {@code count} locations, which are rows of the profile, by merged rows.
     */
    void merge(int[] locations, int count) {
      int[] known = locationOf;
      for (int at = 0; at < count; at++) {
        int location = locations[at];
        int merged = known[location];
        if (merged == UNSEEN) {
          merged = addLocation(location);
          known[location] = merged;
        }
        locations[at] = merged;
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
      int count = pendLines(location);
      return internLocation(merged, from.address[location] + moved, from.folded[location], count);
    }

    private int pendLines(int location) {
      int first = from.firstLine[location];
      int count = from.firstLine[location + 1] - first;
      int needed = Math.multiplyExact(count, LOCATION_FIELDS);
      if (needed > pendingLines.length) {
        pendingLines = new long[Capacity.grow(pendingLines.length, needed)];
      }
      for (int at = 0; at < count; at++) {
        pendingLines[at * LOCATION_FIELDS] = function(from.lineFunction[first + at]);
        pendingLines[at * LOCATION_FIELDS + 1] = from.line[first + at];
        pendingLines[at * LOCATION_FIELDS + 2] = from.column[first + at];
      }
      return needed;
    }

    private int function(int function) {
      if (functionOf[function] == UNSEEN) {
        Functions table = from.functions;
        functionOf[function] =
            internFunction(
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

  private int internFunction(int name, int systemName, int filename, long startLine) {
    int hash = RowIndex.mix(RowIndex.mix(RowIndex.mix(name, systemName), filename + 1L), startLine);
    int slot = functionIndex.slot(hash);
    for (long at = functionIndex.at(slot); at != RowIndex.FREE; at = functionIndex.at(slot)) {
      int old = RowIndex.row(at);
      if (RowIndex.hash(at) == hash
          && functionNames.get(old * 3) == name
          && functionNames.get(old * 3 + 1) == systemName
          && functionNames.get(old * 3 + 2) == filename
          && functionStart.get(old) == startLine) {
        return old;
      }
      slot = functionIndex.next(slot);
    }
    functionNames.add(name);
    functionNames.add(systemName);
    functionNames.add(filename);
    functionStart.add(startLine);
    return functionIndex.add(hash, slot);
  }

  private int internLocation(int mapping, long address, boolean folded, int lineFields) {
    int hash = RowIndex.mix(RowIndex.mix(mapping + 2, address), folded ? 1 : 0);
    for (int at = 0; at < lineFields; at++) {
      hash = RowIndex.mix(hash, pendingLines[at] + at);
    }
    int slot = locationIndex.slot(hash);
    for (long at = locationIndex.at(slot); at != RowIndex.FREE; at = locationIndex.at(slot)) {
      int old = RowIndex.row(at);
      if (RowIndex.hash(at) == hash
          && locationAddress.get(old) == address
          && locationMapping.get(old) == mapping
          && (locationFolded.get(old) != 0) == folded
          && firstLine.get(old + 1) - firstLine.get(old) == lineFields
          && lines.matches(firstLine.get(old), pendingLines, lineFields)) {
        return old;
      }
      slot = locationIndex.next(slot);
    }
    locationAddress.add(address);
    locationMapping.add(mapping);
    locationFolded.add(folded ? 1 : 0);
    lines.addAll(pendingLines, 0, lineFields);
    firstLine.add(lines.size());
    return locationIndex.add(hash, slot);
  }

  /** All strings; none may be added afterwards. */
  Strings strings() {
    return strings.build();
  }

  Locations build(Strings text) {
    int size = locationIndex.size();
    int count = lines.size() / LOCATION_FIELDS;
    Locations table = new Locations(buildMappings(text), buildFunctions(text), size, count);
    for (int row = 0; row < size; row++) {
      table.id[row] = row + 1L;
      table.mapping[row] = locationMapping.get(row);
      table.address[row] = locationAddress.get(row);
      table.folded[row] = locationFolded.get(row) != 0;
      table.firstLine[row + 1] = firstLine.get(row + 1) / LOCATION_FIELDS;
    }
    for (int line = 0; line < count; line++) {
      table.lineFunction[line] = (int) lines.get(line * LOCATION_FIELDS);
      table.line[line] = lines.get(line * LOCATION_FIELDS + 1);
      table.column[line] = lines.get(line * LOCATION_FIELDS + 2);
    }
    return table;
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

  private Functions buildFunctions(Strings text) {
    Functions table = new Functions(text, functionIndex.size());
    for (int row = 0; row < table.size(); row++) {
      table.id[row] = row + 1L;
      table.name[row] = functionNames.get(row * 3);
      table.systemName[row] = functionNames.get(row * 3 + 1);
      table.filename[row] = functionNames.get(row * 3 + 2);
      table.startLine[row] = functionStart.get(row);
    }
    return table;
  }
}
