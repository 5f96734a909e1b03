// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.io.IOException;
import java.util.BitSet;

/** Collects the samples of a message in columns and resolves their references. */
final class SampleReader implements BatchPipeline.Target, AutoCloseable {
  private static final int NO_MISMATCH = Integer.MAX_VALUE;

  private final boolean keepsStacks;
  private final SampleDecoder decoder;
  private final BatchPipeline pipeline;
  private final StacksBuilder stacks = new StacksBuilder();
  private final LabelSetsBuilder labelSets = new LabelSetsBuilder();
  private final IntColumn stack = new IntColumn();
  private final IntColumn labels = new IntColumn();
  private LongColumn[] values = new LongColumn[0];

  /** First sample with more or fewer values than the first one. */
  private int mismatch = NO_MISMATCH;

  private int mismatchCount;

  /** Whether a stack may have an id that no location has; or does, if stacks are not kept. */
  private boolean anyMissing;

  private int samples;

  /**
   * A reader.
   *
   * @param keepsStacks whether samples have their stacks, or all have the empty one
   */
  SampleReader(boolean keepsStacks) {
    this.keepsStacks = keepsStacks;
    decoder = new SampleDecoder(keepsStacks);
    pipeline = new BatchPipeline(decoder, this);
  }

  /**
   * Takes the message that the input is at the start of.
   *
   * @return how many samples there are now
   * @throws IOException if a message is malformed, this one or one before
   */
  int readSample(ProtoInput in) throws IOException {
    int length = in.left();
    pipeline.add(in.window(), in.position(), length, in.offset() + length);
    return ++samples;
  }

  /**
   * Waits until all messages are decoded.
   *
   * @throws IOException if one is malformed
   */
  void finish() throws IOException {
    pipeline.finish();
  }

  @Override
  public void close() {
    pipeline.close();
  }

  @Override
  public void add(SampleBatch batch) {
    stacks.expect(batch.stacks);
    labelSets.expect(batch.labelHash);
    int value = 0;
    int label = 0;
    for (int sample = 0; sample < batch.size(); sample++) {
      stack.add(keepsStacks ? stacks.intern(batch.stacks, sample) : 0);
      int labelEnd = label + batch.labelCount.get(sample);
      for (; label < labelEnd; label++) {
        labelSets.copy(batch, label);
      }
      labels.add(labelSets.finish(batch.labelHash.get(sample)));
      int count = batch.valueCount.get(sample);
      addValues(batch.value, value, count);
      value += count;
    }
  }

  private void addValues(LongColumn source, int from, int count) {
    if (stack.size() == 1) {
      values = new LongColumn[count];
      for (int type = 0; type < count; type++) {
        values[type] = new LongColumn();
      }
    }
    if (count != values.length) {
      if (mismatch == NO_MISMATCH) {
        mismatch = stack.size() - 1;
        mismatchCount = count;
      }
      return;
    }
    for (int type = 0; type < count; type++) {
      values[type].add(source.get(from + type));
    }
  }

  /** Builds the samples, with location rows in place of ids. */
  Samples resolve(StringIndex strings, Locations table, WireIds ids, int types) throws IOException {
    if (stack.size() > 0 || decoder.maxString() > 0) {
      strings.row(decoder.maxString());
    }
    Stacks rows = keepsStacks ? resolveStacks(ids) : checkScanned(ids);
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
    if (anyMissing && keepsStacks) {
      checkLocations(rows, Math.min(wrong, stack.size()));
    }
    if (anyMissing && !keepsStacks) {
      throw nilLocation();
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
          throw nilLocation();
        }
      }
    }
  }

  private static ProfileFormatException nilLocation() {
    return new ProfileFormatException("malformed profile: sample has nil location");
  }

  /** The one stack of samples whose stacks are not kept. */
  private Stacks checkScanned(WireIds ids) {
    BitSet numbers = decoder.frames().scanned();
    for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
      anyMissing |= ids.row(decoder.numbers().id(number)) == WireIds.NONE;
    }
    return Stacks.empty();
  }

  private Stacks resolveStacks(WireIds ids) {
    int[] rows = new int[decoder.frames().largest() + 1];
    anyMissing = decoder.frames().hasZero();
    for (int number = 0; number < rows.length; number++) {
      rows[number] = ids.row(decoder.numbers().id(number));
      anyMissing |= number > 0 && rows[number] == WireIds.NONE;
    }
    return stacks.build(rows);
  }
}
