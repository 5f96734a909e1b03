// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The samples, in the order of the file. Rows are numbered from 0. */
public final class Samples extends AbstractList<Sample> implements RandomAccess {
  final Stacks stacks;
  final LabelSets labelSets;
  final Locations locations;
  final int[] stack;
  final int[] labels;

  /** One column per sample type. */
  final long[][] value;

  Samples(
      Locations locations,
      Stacks stacks,
      LabelSets labelSets,
      int[] stack,
      int[] labels,
      long[][] value) {
    this.locations = locations;
    this.stacks = stacks;
    this.labelSets = labelSets;
    this.stack = stack;
    this.labels = labels;
    this.value = value;
  }

  /** The same samples over other locations with the same rows. */
  Samples over(Locations other) {
    return new Samples(other, stacks, labelSets, stack, labels, value);
  }

  /** The same samples, each with the empty stack. */
  Samples withoutStacks() {
    return new Samples(locations, Stacks.empty(), labelSets, new int[stack.length], labels, value);
  }

  /** The same samples with other values. */
  Samples withValues(long[][] newValue) {
    return new Samples(locations, stacks, labelSets, stack, labels, newValue);
  }

  @Override
  public int size() {
    return stack.length;
  }

  @Override
  public Sample get(int sample) {
    java.util.Objects.checkIndex(sample, stack.length);
    return new Sample(this, sample);
  }

  /** Row of the sample's stack in {@link Profile#stacks()}. */
  public int stack(int sample) {
    return stack[sample];
  }

  /** Row of the sample's labels in {@link Profile#labelSets()}; 0 is the empty list. */
  public int labels(int sample) {
    return labels[sample];
  }

  /** A value; {@code type} is the index in {@link Profile#sampleTypes()}. */
  public long value(int sample, int type) {
    return value[type][sample];
  }

  /**
   * Sums one value column by stack.
   *
   * @return one sum per row of {@link Profile#stacks()}, wrapping as 64-bit integers do
   */
  public long[] sumByStack(int type) {
    long[] sum = new long[stacks.size()];
    long[] column = value[type];
    for (int sample = 0; sample < stack.length; sample++) {
      sum[stack[sample]] += column[sample];
    }
    return sum;
  }
}
