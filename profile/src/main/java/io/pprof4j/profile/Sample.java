// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.AbstractList;
import java.util.List;

/** Values measured at one stack (profile.proto, Sample). */
public final class Sample {
  private final Samples table;
  private final int row;

  Sample(Samples table, int row) {
    this.table = table;
    this.row = row;
  }

  /** Row in {@link Profile#samples()}, from 0. */
  public int row() {
    return row;
  }

  /** The stack, leaf first. */
  public List<Location> locations() {
    int stack = table.stack[row];
    return new AbstractList<>() {
      @Override
      public int size() {
        return table.stacks.depth(stack);
      }

      @Override
      public Location get(int depth) {
        java.util.Objects.checkIndex(depth, size());
        return table.locations.get(table.stacks.location(stack, depth));
      }
    };
  }

  /** A value; {@code type} is the index in {@link Profile#sampleTypes()}. */
  public long value(int type) {
    return table.value[type][row];
  }

  /** All values, one per sample type. */
  public List<Long> values() {
    return new AbstractList<>() {
      @Override
      public int size() {
        return table.value.length;
      }

      @Override
      public Long get(int type) {
        return value(type);
      }
    };
  }

  /** The labels, in the order of {@link LabelSets}. */
  public List<Label> labels() {
    return table.labelSets.get(table.labels[row]);
  }
}
