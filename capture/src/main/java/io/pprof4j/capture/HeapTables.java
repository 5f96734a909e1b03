// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.MainSource;
import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The tables of a heap profile, in the form of Go's runtime/pprof (writeHeapProto). */
final class HeapTables {
  /** Above the size of any object; sets of labels are numbered in what is left of 64 bits. */
  private static final int SIZE_BITS = 48;

  private final ProfileBuilder builder =
      Profile.builder(
          new ValueType("alloc_objects", "count"),
          new ValueType("alloc_space", "bytes"),
          new ValueType("inuse_objects", "count"),
          new ValueType("inuse_space", "bytes"));
  private final JvmFrames locations = new JvmFrames(builder, MainSource.find());
  private final FrameTable frames;

  /** Rows of frames, by their number in the table; 0 is not known yet. */
  private int[] rowsPlusOne = new int[1024];

  private final LongNumbers labelNumbers = new LongNumbers();

  /** Rows of labels by their number; 0 is not known yet, as the row of no label is never used. */
  private int[] labelRows = new int[64];

  HeapTables(FrameTable frames) {
    this.frames = frames;
  }

  /** The row of a stack of the given frames. */
  int stack(int[] frameNumbers) {
    int[] rows = new int[frameNumbers.length];
    for (int frame = 0; frame < rows.length; frame++) {
      rows[frame] = location(frameNumbers[frame]);
    }
    return builder.stack(rows);
  }

  private int location(int number) {
    if (number >= rowsPlusOne.length) {
      rowsPlusOne = Arrays.copyOf(rowsPlusOne, Math.max(number + 1, rowsPlusOne.length * 2));
    }
    if (rowsPlusOne[number] == 0) {
      rowsPlusOne[number] = location(frames.frame(number)) + 1;
    }
    return rowsPlusOne[number] - 1;
  }

  private int location(JavaFrame frame) {
    return frame.method().className().isEmpty()
        ? locations.nativeLocation(frame.method().name(), "")
        : locations.location(frame.method(), frame.line());
  }

  /**
   * The row of the labels of a sample: those of its thread, and the size without a unit, as Go
   * writes it: readers know the key.
   *
   * @param set number of the thread's labels in {@code sets}
   */
  int labels(List<List<Label>> sets, int set, long objectBytes) {
    int number = labelNumbers.number((long) set << SIZE_BITS | objectBytes);
    if (number >= labelRows.length) {
      labelRows = Arrays.copyOf(labelRows, Math.max(number + 1, labelRows.length * 2));
    }
    if (labelRows[number] == 0) {
      List<Label> all = new ArrayList<>(sets.get(set));
      all.add(Label.of("bytes", objectBytes, ""));
      labelRows[number] = builder.labels(all);
    }
    return labelRows[number];
  }

  /** A profile over these tables; see {@link ProfileBuilder#profileOf}. */
  Profile profile(
      UnaryOperator<ProfileHeader> header, int[] stackRows, int[] labelRows, long[][] columns) {
    return builder.header(header).profileOf(stackRows, labelRows, columns);
  }
}
