// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    ProfileBuilder builder = Profile.builder(header.sampleTypes().toArray(ValueType[]::new));
    builder.header(ignored -> LegacyFrames.addTo(header));
    int[] mappingRows =
        mappings.stream().mapToInt(draft -> builder.newMapping(spec(draft))).toArray();
    int[] rows = new int[addresses.size()];
    for (int location : order) {
      int mapping = mappingOf[location];
      rows[location] =
          builder.newLocation(
              new LocationSpec(
                  mapping == Locations.NO_MAPPING ? mapping : mappingRows[mapping],
                  addresses.get(location),
                  lines(builder, names.get(location)),
                  false));
    }
    for (int sample = 0; sample < stacks.size(); sample++) {
      int[] stack = Arrays.stream(stacks.get(sample)).map(location -> rows[location]).toArray();
      builder.sample(labels(builder, sample), stack, values.get(sample));
    }
    return builder.build();
  }

  private static MappingSpec spec(MappingDraft draft) {
    return new MappingSpec(
        draft.start,
        draft.limit,
        draft.offset,
        draft.file,
        draft.buildId,
        MappingSpec.Resolved.NOTHING);
  }

  private List<LineSpec> lines(ProfileBuilder builder, @Nullable NamedLine named) {
    if (named == null) {
      return List.of();
    }
    String name = named.function;
    return List.of(LineSpec.of(builder.function(name, name, fileOf(name), 0), named.line));
  }

  private int labels(ProfileBuilder builder, int sample) {
    return sample < blockSizes.size()
        ? builder.labels(List.of(Label.of(BLOCK_SIZE_LABEL, blockSizes.get(sample), "")))
        : 0;
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
