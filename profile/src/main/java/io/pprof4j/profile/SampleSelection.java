// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;

/** Collects which samples stay, and on which stacks. */
final class SampleSelection {
  private final int[] kept;
  private final int[] stack;
  private int size;

  SampleSelection(int capacity) {
    kept = new int[capacity];
    stack = new int[capacity];
  }

  void keep(int sample, int newStack) {
    kept[size] = sample;
    stack[size++] = newStack;
  }

  Samples build(Samples source, Locations locations, Stacks stacks) {
    int[] newStack = size == stack.length ? stack : Arrays.copyOf(stack, size);
    return new Samples(
        locations, stacks, source.labelSets, newStack, labels(source), values(source));
  }

  private int[] labels(Samples source) {
    if (size == kept.length) {
      return source.labels;
    }
    int[] labels = new int[size];
    for (int at = 0; at < size; at++) {
      labels[at] = source.labels[kept[at]];
    }
    return labels;
  }

  private long[][] values(Samples source) {
    if (size == kept.length) {
      return source.value;
    }
    long[][] value = new long[source.value.length][size];
    for (int type = 0; type < value.length; type++) {
      for (int at = 0; at < size; at++) {
        value[type][at] = source.value[type][kept[at]];
      }
    }
    return value;
  }
}
