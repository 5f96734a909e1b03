// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.io.IOException;

/** Collects the mappings, functions and locations of a message and resolves their references. */
final class TableReader {
  private static final int MAPPING_FIELDS = 6;
  private static final int FUNCTION_FIELDS = 5;

  private final ProtoInput in;

  /** Fields 1 to 6 of each mapping, row after row. */
  private final LongColumn mappings = new LongColumn();

  private final IntColumn mappingFlags = new IntColumn();

  /** Fields 1 to 5 of each function. */
  private final LongColumn functions = new LongColumn();

  private final LongColumn locationId = new LongColumn();
  private final LongColumn locationMapping = new LongColumn();
  private final LongColumn locationAddress = new LongColumn();
  private final IntColumn locationFolded = new IntColumn();
  private final IntColumn firstLine = new IntColumn();
  private final LongColumn lineFunction = new LongColumn();
  private final LongColumn line = new LongColumn();
  private final LongColumn column = new LongColumn();

  private final long[] fields = new long[MAPPING_FIELDS + 1];

  TableReader(ProtoInput in) {
    this.in = in;
    firstLine.add(0);
  }

  int readMapping() throws IOException {
    clear();
    int flags = 0;
    for (int field = in.next(); field >= 0; field = in.next()) {
      if (field >= 1 && field <= MAPPING_FIELDS) {
        fields[field] = in.varintField();
      } else if (field >= 7 && field <= 10) {
        int flag = 1 << (field - 7);
        flags = in.varintField() != 0 ? flags | flag : flags & ~flag;
      } else {
        in.skip();
      }
    }
    mappings.addAll(fields, 1, MAPPING_FIELDS);
    mappingFlags.add(flags);
    return mappingFlags.size();
  }

  int readFunction() throws IOException {
    clear();
    for (int field = in.next(); field >= 0; field = in.next()) {
      if (field >= 1 && field <= FUNCTION_FIELDS) {
        fields[field] = in.varintField();
      } else {
        in.skip();
      }
    }
    functions.addAll(fields, 1, FUNCTION_FIELDS);
    return functions.size() / FUNCTION_FIELDS;
  }

  int readLocation() throws IOException {
    clear();
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1, 2, 3, 5 -> fields[field] = in.varintField();
        case 4 -> readLine();
        default -> in.skip();
      }
    }
    locationId.add(fields[1]);
    locationMapping.add(fields[2]);
    locationAddress.add(fields[3]);
    locationFolded.add(fields[5] != 0 ? 1 : 0);
    firstLine.add(line.size());
    return locationId.size();
  }

  private void readLine() throws IOException {
    in.requireBytes();
    int outer = in.push(in.length());
    long function = 0;
    long number = 0;
    long position = 0;
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1 -> function = in.varintField();
        case 2 -> number = in.varintField();
        case 3 -> position = in.varintField();
        default -> in.skip();
      }
    }
    in.pop(outer);
    lineFunction.add(function);
    line.add(number);
    column.add(position);
  }

  private void clear() {
    java.util.Arrays.fill(fields, 0);
  }

  /** Builds the tables; every string index is checked here. */
  Locations resolve(StringIndex strings) throws IOException {
    return resolveLocations(resolveMappings(strings), resolveFunctions(strings));
  }

  private Mappings resolveMappings(StringIndex strings) throws IOException {
    Mappings table = new Mappings(strings.strings(), mappingFlags.size());
    for (int row = 0; row < table.size(); row++) {
      int at = row * MAPPING_FIELDS;
      table.id[row] = mappings.get(at);
      table.start[row] = mappings.get(at + 1);
      table.limit[row] = mappings.get(at + 2);
      table.offset[row] = mappings.get(at + 3);
      table.filename[row] = strings.row(mappings.get(at + 4));
      table.buildId[row] = strings.row(mappings.get(at + 5));
      table.flags[row] = (byte) mappingFlags.get(row);
    }
    return table;
  }

  private Functions resolveFunctions(StringIndex strings) throws IOException {
    Functions table = new Functions(strings.strings(), functions.size() / FUNCTION_FIELDS);
    for (int row = 0; row < table.size(); row++) {
      int at = row * FUNCTION_FIELDS;
      table.id[row] = functions.get(at);
      table.name[row] = strings.row(functions.get(at + 1));
      table.systemName[row] = strings.row(functions.get(at + 2));
      table.filename[row] = strings.row(functions.get(at + 3));
      table.startLine[row] = functions.get(at + 4);
    }
    return table;
  }

  private Locations resolveLocations(Mappings mappingTable, Functions functionTable) {
    Locations table = new Locations(mappingTable, functionTable, locationId.size(), line.size());
    System.arraycopy(firstLine.toArray(), 0, table.firstLine, 0, table.firstLine.length);
    System.arraycopy(line.toArray(), 0, table.line, 0, table.line.length);
    System.arraycopy(column.toArray(), 0, table.column, 0, table.column.length);
    for (int row = 0; row < table.size(); row++) {
      table.id[row] = locationId.get(row);
      table.address[row] = locationAddress.get(row);
      table.folded[row] = locationFolded.get(row) != 0;
    }
    return table;
  }

  /**
   * Checks the ids and links locations to mappings and functions. Separate from {@link #resolve},
   * because the reference implementation looks at the samples first and its messages are kept.
   */
  void checkIds(Locations table, WireIds locationIds) throws ProfileFormatException {
    WireIds mappingIds = new WireIds("mapping", table.mappings.id);
    mappingIds.check();
    WireIds functionIds = new WireIds("function", table.functions.id);
    functionIds.check();
    for (int row = 0; row < table.size(); row++) {
      locationIds.check(row);
      long mapping = locationMapping.get(row);
      table.mapping[row] = mapping == 0 ? Locations.NO_MAPPING : mappingIds.row(mapping);
      linkLines(table, row, functionIds);
    }
  }

  private void linkLines(Locations table, int row, WireIds functionIds)
      throws ProfileFormatException {
    for (int at = table.firstLine[row]; at < table.firstLine[row + 1]; at++) {
      int function = functionIds.row(lineFunction.get(at));
      if (function == WireIds.NONE) {
        throw new ProfileFormatException(
            "malformed profile: location id: %s has a line with nil function"
                .formatted(Long.toUnsignedString(table.id[row])));
      }
      table.lineFunction[at] = function;
    }
  }
}
