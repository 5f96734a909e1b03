// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Collects the samples of a message in columns and resolves their references. */
final class SampleReader {
  private static final int NO_MISMATCH = Integer.MAX_VALUE;

  private final ProtoInput in;
  private final StacksBuilder stacks = new StacksBuilder();
  private final LabelSetsBuilder labelSets = new LabelSetsBuilder();
  private final IntColumn stack = new IntColumn();
  private final IntColumn labels = new IntColumn();
  private LongColumn[] values = new LongColumn[0];

  /** First sample with more or fewer values than the first one. */
  private int mismatch = NO_MISMATCH;

  private int mismatchCount;
  private boolean anyMissing;

  /** Location ids that are no positive int get a negative stand-in, so that a stack is ints. */
  private final Map<Long, Integer> wideIds = new HashMap<>();

  private final LongColumn wideIdOf = new LongColumn();

  private int[] locations = new int[128];
  private int depth;
  private long[] value = new long[8];
  private int valueCount;
  private long maxString;

  SampleReader(ProtoInput in) {
    this.in = in;
  }

  int readSample() throws IOException {
    depth = 0;
    valueCount = 0;
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1 -> readLocations();
        case 2 -> readValues();
        case 3 -> readLabel();
        default -> in.skip(false);
      }
    }
    stack.add(stacks.intern(locations, depth));
    labels.add(labelSets.finish());
    addValues();
    return stack.size();
  }

  private void readLocations() throws IOException {
    if (in.wireType() != ProtoInput.BYTES) {
      addLocation(in.varintField());
      return;
    }
    int outer = in.push(in.length());
    reserve(in.left());
    while (in.more()) {
      depth = in.shortVarints(locations, depth);
      if (in.more()) {
        addLocation(in.varint());
      }
    }
    in.pop(outer);
  }

  private void reserve(int more) {
    if (more > locations.length - depth) {
      locations = Arrays.copyOf(locations, Capacity.grow(locations.length, depth + (long) more));
    }
  }

  private void addLocation(long id) {
    reserve(1);
    locations[depth++] = id >= 0 && id <= Integer.MAX_VALUE ? (int) id : wide(id);
  }

  private int wide(long id) {
    Integer standIn = wideIds.get(id);
    if (standIn == null) {
      wideIdOf.add(id);
      standIn = -wideIdOf.size();
      wideIds.put(id, standIn);
    }
    return standIn;
  }

  private long wireId(int standIn) {
    return standIn >= 0 ? standIn : wideIdOf.get(-standIn - 1);
  }

  private void readValues() throws IOException {
    if (in.wireType() != ProtoInput.BYTES) {
      addValue(in.varintField());
      return;
    }
    int outer = in.push(in.length());
    while (in.more()) {
      addValue(in.varint());
    }
    in.pop(outer);
  }

  private void addValue(long next) {
    if (valueCount == value.length) {
      value = Arrays.copyOf(value, Capacity.grow(valueCount, valueCount + 1L));
    }
    value[valueCount++] = next;
  }

  private void addValues() {
    if (stack.size() == 1) {
      values = new LongColumn[valueCount];
      for (int type = 0; type < valueCount; type++) {
        values[type] = new LongColumn();
      }
    }
    if (valueCount != values.length) {
      if (mismatch == NO_MISMATCH) {
        mismatch = stack.size() - 1;
        mismatchCount = valueCount;
      }
      return;
    }
    for (int type = 0; type < valueCount; type++) {
      values[type].add(value[type]);
    }
  }

  /** A label with neither text, number nor unit is dropped, as the reference reader does. */
  private void readLabel() throws IOException {
    in.requireBytes();
    int outer = in.push(in.length());
    long key = 0;
    long text = 0;
    long number = 0;
    long unit = 0;
    for (int field = in.next(); field >= 0; field = in.next()) {
      switch (field) {
        case 1 -> key = index(in.varintField());
        case 2 -> text = index(in.varintField());
        case 3 -> number = in.varintField();
        case 4 -> unit = index(in.varintField());
        default -> in.skip(false);
      }
    }
    in.pop(outer);
    if (text != 0) {
      labelSets.text((int) key, (int) text);
    } else if (number != 0 || unit != 0) {
      labelSets.number((int) key, number, (int) unit);
    }
  }

  private long index(long string) throws IOException {
    if (string < 0 || string > Integer.MAX_VALUE) {
      throw in.malformed("string index " + string);
    }
    maxString = Math.max(maxString, string);
    return string;
  }

  /** Builds the samples, with location rows in place of ids. */
  Samples resolve(StringIndex strings, Locations table, WireIds ids, int types) throws IOException {
    if (stack.size() > 0 || maxString > 0) {
      strings.row(maxString);
    }
    Stacks rows = resolveStacks(ids);
    checkSamples(types, rows);
    long[][] columns = new long[types][];
    for (int type = 0; type < types; type++) {
      columns[type] = stack.size() == 0 ? new long[0] : values[type].toArray();
    }
    return new Samples(
        table,
        rows,
        labelSets.build(strings.strings()),
        stack.toArray(),
        labels.toArray(),
        columns);
  }

  /** Reports the first sample that is wrong: its number of values first, then its locations. */
  private void checkSamples(int types, Stacks rows) throws ProfileFormatException {
    if (stack.size() == 0) {
      return;
    }
    if (types == 0) {
      throw new ProfileFormatException("malformed profile: missing sample type information");
    }
    boolean firstDiffers = values.length != types;
    int wrong = firstDiffers ? 0 : mismatch;
    if (anyMissing) {
      checkLocations(rows, Math.min(wrong, stack.size()));
    }
    if (wrong != NO_MISMATCH) {
      throw new ProfileFormatException(
          "malformed profile: mismatch: sample has %d values vs. %d types"
              .formatted(firstDiffers ? values.length : mismatchCount, types));
    }
  }

  private void checkLocations(Stacks rows, int samples) throws ProfileFormatException {
    for (int sample = 0; sample < samples; sample++) {
      for (int at = 0; at < rows.depth(stack.get(sample)); at++) {
        if (rows.location(stack.get(sample), at) == WireIds.NONE) {
          throw new ProfileFormatException("malformed profile: sample has nil location");
        }
      }
    }
  }

  private Stacks resolveStacks(WireIds ids) {
    anyMissing = stacks.map(new RowOf(ids));
    return stacks.build();
  }

  /** From the number in a stack to the row. A class, as the first lambda of a JVM takes 5 ms. */
  private final class RowOf implements IntUnaryOperator {
    private final WireIds ids;

    RowOf(WireIds ids) {
      this.ids = ids;
    }

    @Override
    public int applyAsInt(int standIn) {
      return ids.row(wireId(standIn));
    }
  }
}
