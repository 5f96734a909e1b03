// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some sample messages, one after the other, and what they say once {@link SampleDecoder} was
 * there.
 */
final class SampleBatch {
  /** Enough for a thousand samples, little enough to stay in a processor's cache. */
  private static final int FULL = 1 << 16;

  private byte[] bytes = new byte[FULL + (FULL >> 2)];
  private int filled;

  /** Where in {@code bytes} each message ends. */
  final IntColumn end = new IntColumn();

  /** Where in the input each message ends. */
  final LongColumn offset = new LongColumn();

  final StackBatch stacks = new StackBatch();

  final IntColumn valueCount = new IntColumn();
  final LongColumn value = new LongColumn();

  final IntColumn labelCount = new IntColumn();

  /** The hash of the labels of each sample, as {@link LabelSetsBuilder} has it. */
  final IntColumn labelHash = new IntColumn();

  final IntColumn labelKey = new IntColumn();

  /** The text of a label, or {@link LabelSets#NUMBER}. */
  final IntColumn labelText = new IntColumn();

  final LongColumn labelNumber = new LongColumn();
  final IntColumn labelUnit = new IntColumn();

  /** Why decoding ended before the last message. */
  @Nullable Throwable failure;

  /** How many messages there are. */
  int size() {
    return end.size();
  }

  boolean isEmpty() {
    return end.size() == 0;
  }

  boolean isFull() {
    return filled >= FULL;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Adds a message that ends at {@code inputOffset}. */
  void add(byte[] source, int from, int length, long inputOffset) {
    // Room beyond the end, as decoding may look at what follows a number.
    long needed = filled + (long) length + Long.BYTES;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Capacity.grow(bytes.length, needed));
    }
    System.arraycopy(source, from, bytes, filled, length);
    filled += length;
    end.add(filled);
    offset.add(inputOffset);
  }

  /** Forgets everything, for the next use. */
  void clear() {
    filled = 0;
    failure = null;
    for (IntColumn column :
        new IntColumn[] {end, valueCount, labelCount, labelHash, labelKey, labelText, labelUnit}) {
      column.clear();
    }
    stacks.clear();
    offset.clear();
    value.clear();
    labelNumber.clear();
  }
}
