// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A profile being read from a legacy format: stacks of addresses, then mappings and names. */
final class LegacyDraft {
  private static final int UNUSED = -1;
  private static final String BLOCK_SIZE_LABEL = "bytes";

  private ProfileHeader header;
  private final Map<Long, Integer> rowOfAddress = new HashMap<>();
  private final LongColumn addresses = new LongColumn();
  private final List<int[]> stacks = new ArrayList<>();
  private final List<long[]> values = new ArrayList<>();

  /** Size of an allocated block, for each sample of a heap profile; else empty. */
  private final LongColumn blockSizes = new LongColumn();

  private final StringsBuilder strings = new StringsBuilder();
  private List<MappingDraft> mappings = new ArrayList<>();

  /** Names of functions and files of each named location, by row. */
  private final Map<Integer, NamedLine> names = new HashMap<>();

  private int[] order = new int[0];
  private int[] mappingOf = new int[0];

  /** A frame that a format names. Functions are told apart by name; the first file stays. */
  record NamedLine(String function, String file, long line) {}

  LegacyDraft(ValueType periodType, long period, ValueType... sampleTypes) {
    header = ProfileHeader.of(List.of(sampleTypes)).withPeriod(Optional.of(periodType), period);
  }

  ProfileHeader header() {
    return header;
  }

  void header(ProfileHeader newHeader) {
    header = newHeader;
  }

  int samples() {
    return stacks.size();
  }

  /** The row of the location at an address. */
  int location(long address) {
    return rowOfAddress.computeIfAbsent(
        address,
        added -> {
          addresses.add(added);
          return addresses.size() - 1;
        });
  }

  /** The row of the location at an address, or -1 if there is none. */
  int knownLocation(long address) {
    return rowOfAddress.getOrDefault(address, UNUSED);
  }

  /** The rows of a stack of return addresses, which are one beyond their call. */
  int[] callers(long[] stack) {
    return Arrays.stream(stack).mapToInt(address -> location(address - 1)).toArray();
  }

  /** The rows of a stack of return addresses whose first is where the thread is. */
  int[] leafAndCallers(long[] stack) {
    int[] rows = new int[stack.length];
    for (int depth = 0; depth < rows.length; depth++) {
      rows[depth] = location(depth == 0 ? stack[depth] : stack[depth] - 1);
    }
    return rows;
  }

  void sample(int[] stack, long... sampleValues) {
    stacks.add(stack);
    values.add(sampleValues);
  }

  void heapSample(int[] stack, long blockSize, long... sampleValues) {
    sample(stack, sampleValues);
    blockSizes.add(blockSize);
  }

  /** Counts the last sample once more. */
  void repeatLast() {
    if (!values.isEmpty()) {
      values.get(values.size() - 1)[0]++;
    }
  }

  /** Names a location; it has no address afterwards. */
  void name(int location, NamedLine line) {
    names.put(location, line);
    addresses.set(location, 0);
  }

  /** Forgets all addresses, so that profiles merge. */
  void forgetAddresses() {
    for (int row = 0; row < addresses.size(); row++) {
      addresses.set(row, 0);
    }
  }

  /**
   * Removes the second frame, twice at most, when nearly all samples share it: then it is that of
   * the profiler's signal handler. One sample in 32 may differ.
   */
  void removeHandlerFrames() {
    int required = stacks.size() - stacks.size() / 32;
    for (int round = 0; round < 2; round++) {
      Map<Integer, Integer> counts = new HashMap<>();
      for (int[] stack : stacks) {
        if (stack.length > 1) {
          counts.merge(stack[1], 1, Integer::sum);
        }
      }
      counts.forEach(
          (location, count) -> {
            if (count >= required) {
              stacks.replaceAll(
                  stack -> stack.length > 1 && stack[1] == location ? withoutSecond(stack) : stack);
            }
          });
    }
  }

  /** Removes the second frame where the unwinder found the leaf's address again. */
  void removeDuplicateLeaves() {
    stacks.replaceAll(
        stack ->
            stack.length > 1 && addresses.get(stack[0]) == addresses.get(stack[1]) + 1
                ? withoutSecond(stack)
                : stack);
  }

  private static int[] withoutSecond(int[] stack) {
    int[] shorter = new int[stack.length - 1];
    shorter[0] = stack[0];
    System.arraycopy(stack, 2, shorter, 1, shorter.length - 1);
    return shorter;
  }

  /** Numbers the locations that samples use now, and places them in mappings. */
  void place(List<MappingDraft> map) throws ProfileFormatException {
    order = usedLocations();
    MemoryMap.Placement placement = new MemoryMap.Placement(map);
    mappingOf = new int[addresses.size()];
    for (int location : order) {
      mappingOf[location] = placement.mapping(addresses.get(location));
    }
    mappings = placement.mappings();
  }

  private int[] usedLocations() {
    boolean[] seen = new boolean[addresses.size()];
    IntColumn used = new IntColumn();
    for (int[] stack : stacks) {
      for (int location : stack) {
        if (!seen[location]) {
          seen[location] = true;
          used.add(location);
        }
      }
    }
    return used.toArray();
  }

  Profile build() {
    header = LegacyFrames.addTo(header);
    StacksBuilder stackTable = new StacksBuilder();
    int[] rowOf = new int[addresses.size()];
    for (int row = 0; row < order.length; row++) {
      rowOf[order[row]] = row;
    }
    int[] stack = new int[stacks.size()];
    for (int sample = 0; sample < stack.length; sample++) {
      int[] rows = Arrays.stream(stacks.get(sample)).map(location -> rowOf[location]).toArray();
      stack[sample] = stackTable.intern(rows, rows.length);
    }
    strings.intern("");
    int[] labels = new int[stack.length];
    LabelSetsBuilder labelTable = labels(labels);
    TableBuilder tables = new TableBuilder();
    Strings text = tables.internAll();
    Locations locations = tables.build(text);
    Samples samples =
        new Samples(
            locations, stackTable.build(), labelTable.build(text), stack, labels, columns());
    return new Profile(header, locations, samples);
  }

  private LabelSetsBuilder labels(int[] labels) {
    LabelSetsBuilder table = new LabelSetsBuilder();
    for (int sample = 0; sample < blockSizes.size(); sample++) {
      table.number(strings.intern(BLOCK_SIZE_LABEL), blockSizes.get(sample), strings.intern(""));
      labels[sample] = table.finish();
    }
    return table;
  }

  private long[][] columns() {
    long[][] columns = new long[header.sampleTypes().size()][values.size()];
    for (int type = 0; type < columns.length; type++) {
      for (int sample = 0; sample < values.size(); sample++) {
        columns[type][sample] = values.get(sample)[type];
      }
    }
    return columns;
  }

  /** Makes the tables of mappings, functions and locations. */
  private final class TableBuilder {
    private final Map<String, Integer> functionRows = new HashMap<>();
    private final List<NamedLine> functions = new ArrayList<>();

    Strings internAll() {
      for (MappingDraft mapping : mappings) {
        strings.intern(mapping.file);
        strings.intern(mapping.buildId);
      }
      for (int location : order) {
        NamedLine line = names.get(location);
        if (line != null && functionRows.putIfAbsent(line.function, functions.size()) == null) {
          strings.intern(line.function);
          strings.intern(fileOf(line.function));
          functions.add(line);
        }
      }
      return strings.build();
    }

    Locations build(Strings text) {
      int lines = 0;
      for (int location : order) {
        lines += names.containsKey(location) ? 1 : 0;
      }
      Locations table = new Locations(mappings(text), functions(text), order.length, lines);
      int at = 0;
      for (int row = 0; row < order.length; row++) {
        table.id[row] = row + 1L;
        table.mapping[row] = mappingOf[order[row]];
        table.address[row] = addresses.get(order[row]);
        NamedLine line = names.get(order[row]);
        if (line != null) {
          table.lineFunction[at] =
              java.util.Objects.requireNonNull(functionRows.get(line.function));
          table.line[at++] = line.line;
        }
        table.firstLine[row + 1] = at;
      }
      return table;
    }

    private Mappings mappings(Strings text) {
      Mappings table = new Mappings(text, mappings.size());
      for (int row = 0; row < table.size(); row++) {
        MappingDraft mapping = mappings.get(row);
        table.id[row] = row + 1L;
        table.start[row] = mapping.start;
        table.limit[row] = mapping.limit;
        table.offset[row] = mapping.offset;
        table.filename[row] = strings.intern(mapping.file);
        table.buildId[row] = strings.intern(mapping.buildId);
      }
      return table;
    }

    private Functions functions(Strings text) {
      Functions table = new Functions(text, functions.size());
      for (int row = 0; row < table.size(); row++) {
        String name = functions.get(row).function;
        table.id[row] = row + 1L;
        table.name[row] = strings.intern(name);
        table.systemName[row] = table.name[row];
        table.filename[row] = strings.intern(fileOf(name));
      }
      return table;
    }
  }

  private final Map<String, String> files = new HashMap<>();

  /** Remembers the file of the first line that names a function. */
  NamedLine line(String function, String file, long line) {
    files.putIfAbsent(function, file);
    return new NamedLine(function, file, line);
  }

  private String fileOf(String function) {
    return files.getOrDefault(function, "");
  }
}
