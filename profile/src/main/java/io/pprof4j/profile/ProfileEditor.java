// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a copy of a profile with other names: binaries, symbols of addresses, names of functions.
 * Samples, stacks and addresses stay. Rows keep their numbers; new rows come after the old ones.
 * Not safe for use by several threads.
 */
public final class ProfileEditor {
  /*
   * Nothing is copied before the first change, and then only the tables it touches: most profiles
   * need no change at all.
   */
  private final Profile base;
  private @Nullable StringsBuilder mappingStrings;
  private @Nullable Mappings mappings;
  private int @Nullable [] locationMapping;
  private @Nullable StringsBuilder functionStrings;
  private final IntColumn name = new IntColumn();
  private final IntColumn systemName = new IntColumn();
  private final IntColumn filename = new IntColumn();
  private final LongColumn startLine = new LongColumn();
  private final Map<Integer, List<LineSpec>> lines = new HashMap<>();

  /** Starts with the profile as it is. */
  public ProfileEditor(Profile base) {
    this.base = base;
  }

  /** Changes the file of a mapping. */
  public void mappingFile(int mapping, String file) {
    Mappings table = editMappings();
    table.filename[mapping] = mappingString(file);
  }

  /** Changes the build id of a mapping. */
  public void mappingBuildId(int mapping, String buildId) {
    Mappings table = editMappings();
    table.buildId[mapping] = mappingString(buildId);
  }

  /** Changes what is resolved in the locations of a mapping. */
  public void mappingResolved(int mapping, MappingSpec.Resolved resolved) {
    editMappings().flags[mapping] = ProfileBuilder.flags(resolved);
  }

  /**
   * Gives a profile that has no mappings one that covers all its locations, of which nothing is
   * known.
   *
   * @throws IllegalStateException if the profile has mappings
   */
  public void addUnknownMapping() {
    if (!base.mappings().isEmpty()) {
      throw new IllegalStateException("the profile has mappings");
    }
    mappingStrings = StringsBuilder.extending(base.mappings().strings);
    Mappings table = new Mappings(base.mappings().strings, 1);
    table.id[0] = 1;
    mappings = table;
    locationMapping = new int[base.locations().size()];
  }

  /** Changes the name of a function. */
  public void functionName(int function, String newName) {
    editFunctions();
    name.set(Objects.checkIndex(function, name.size()), functionString(newName));
  }

  /** Adds a function, also if there is an equal one, and returns its row. */
  public int addFunction(String newName, String newSystemName, String file, long line) {
    editFunctions();
    name.add(functionString(newName));
    systemName.add(functionString(newSystemName));
    filename.add(functionString(file));
    startLine.add(line);
    return name.size() - 1;
  }

  /** Changes the frames of a location, innermost first; it counts as not folded from now on. */
  public void locationLines(int location, List<LineSpec> frames) {
    Objects.checkIndex(location, base.locations().size());
    lines.put(location, List.copyOf(frames));
  }

  private Mappings editMappings() {
    Mappings table = mappings;
    if (table == null) {
      mappingStrings = StringsBuilder.extending(base.mappings().strings);
      table = copy(base.mappings(), base.mappings().strings);
      mappings = table;
    }
    return table;
  }

  private int mappingString(String text) {
    return Objects.requireNonNull(mappingStrings).intern(text);
  }

  private static Mappings copy(Mappings from, Strings strings) {
    int size = from.size();
    Mappings copy = new Mappings(strings, size);
    System.arraycopy(from.id, 0, copy.id, 0, size);
    System.arraycopy(from.start, 0, copy.start, 0, size);
    System.arraycopy(from.limit, 0, copy.limit, 0, size);
    System.arraycopy(from.offset, 0, copy.offset, 0, size);
    System.arraycopy(from.filename, 0, copy.filename, 0, size);
    System.arraycopy(from.buildId, 0, copy.buildId, 0, size);
    System.arraycopy(from.flags, 0, copy.flags, 0, size);
    return copy;
  }

  private void editFunctions() {
    if (functionStrings == null) {
      Functions functions = base.functions();
      functionStrings = StringsBuilder.extending(functions.strings);
      for (int row = 0; row < functions.size(); row++) {
        name.add(functions.name[row]);
        systemName.add(functions.systemName[row]);
        filename.add(functions.filename[row]);
        startLine.add(functions.startLine[row]);
      }
    }
  }

  private int functionString(String text) {
    return Objects.requireNonNull(functionStrings).intern(text);
  }

  /** The changed profile; the profile itself if nothing was changed. */
  public Profile build() {
    if (mappings == null && functionStrings == null && lines.isEmpty()) {
      return base;
    }
    Locations locations = buildLocations(buildMappings(), buildFunctions());
    Samples old = base.samples();
    Samples samples =
        new Samples(locations, old.stacks, old.labelSets, old.stack, old.labels, old.value);
    return new Profile(base.header(), locations, samples);
  }

  private Mappings buildMappings() {
    return mappings == null
        ? base.mappings()
        : copy(mappings, Objects.requireNonNull(mappingStrings).build());
  }

  private Functions buildFunctions() {
    if (functionStrings == null) {
      return base.functions();
    }
    Functions table = new Functions(functionStrings.build(), name.size());
    int old = base.functions().size();
    for (int row = 0; row < table.size(); row++) {
      table.id[row] = row < old ? base.functions().id[row] : row + 1L;
      table.name[row] = name.get(row);
      table.systemName[row] = systemName.get(row);
      table.filename[row] = filename.get(row);
      table.startLine[row] = startLine.get(row);
    }
    return table;
  }

  private Locations buildLocations(Mappings newMappings, Functions newFunctions) {
    Locations old = base.locations();
    int size = old.size();
    int lineCount = old.firstLine[size];
    for (Map.Entry<Integer, List<LineSpec>> changed : lines.entrySet()) {
      lineCount += changed.getValue().size() - old.lineCount(changed.getKey());
    }
    Locations table = new Locations(newMappings, newFunctions, size, lineCount);
    System.arraycopy(old.id, 0, table.id, 0, size);
    System.arraycopy(
        locationMapping == null ? old.mapping : locationMapping, 0, table.mapping, 0, size);
    System.arraycopy(old.address, 0, table.address, 0, size);
    System.arraycopy(old.folded, 0, table.folded, 0, size);
    int at = 0;
    for (int row = 0; row < size; row++) {
      at = copyLines(old, row, table, at);
      table.firstLine[row + 1] = at;
    }
    return table;
  }

  /** Copies or replaces the lines of a location and returns where the next ones go. */
  private int copyLines(Locations old, int row, Locations table, int start) {
    int at = start;
    List<LineSpec> changed = lines.get(row);
    if (changed != null) {
      table.folded[row] = false;
      for (LineSpec frame : changed) {
        table.lineFunction[at] = frame.function();
        table.line[at] = frame.line();
        table.column[at++] = frame.column();
      }
      return at;
    }
    int first = old.firstLine[row];
    int count = old.lineCount(row);
    System.arraycopy(old.lineFunction, first, table.lineFunction, at, count);
    System.arraycopy(old.line, first, table.line, at, count);
    System.arraycopy(old.column, first, table.column, at, count);
    return at + count;
  }
}
