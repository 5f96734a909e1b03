// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.LabelSets;
import io.pprof4j.capture.internal.MainSource;
import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a heap snapshot as a profile, in the form of Go's runtime/pprof (writeHeapProto). */
final class HeapProfiles {
  private final ProfileBuilder builder =
      Profile.builder(
          new ValueType("alloc_objects", "count"),
          new ValueType("alloc_space", "bytes"),
          new ValueType("inuse_objects", "count"),
          new ValueType("inuse_space", "bytes"));
  private final JvmFrames frames = new JvmFrames(builder, MainSource.find());
  private final Map<LabelsAndSize, Integer> labels = new HashMap<>();
  // Rows of frames, by their number in the snapshot's table; 0 is not known yet.
  private int[] rowsPlusOne = new int[1024];

  private record LabelsAndSize(List<Label> labels, long objectBytes) {
    /** The size without a unit, as Go writes it: readers know the key. */
    List<Label> all() {
      List<Label> all = new ArrayList<>(labels);
      all.add(Label.of("bytes", objectBytes, ""));
      return all;
    }
  }

  private HeapProfiles() {}

  static Profile of(HeapSnapshot snapshot, String defaultSampleType) {
    HeapProfiles profiles = new HeapProfiles();
    snapshot.stacks().forEach(profiles::add);
    return profiles
        .builder
        .header(
            header ->
                header
                    .withPeriod(Optional.of(new ValueType("space", "bytes")), snapshot.interval())
                    .withTime(
                        snapshot.timeMillis() * 1_000_000, snapshot.durationMillis() * 1_000_000)
                    .withComments(comments(snapshot))
                    .withDefaultSampleType(defaultSampleType))
        .build();
  }

  private static List<String> comments(HeapSnapshot snapshot) {
    List<String> comments = new ArrayList<>(snapshot.statistics().comments());
    comments.addAll(LabelSets.get().gaps());
    return comments;
  }

  private void add(HeapStack stack) {
    int[] rows = new int[stack.depth()];
    List<JavaFrame> stackFrames = stack.frames();
    for (int frame = 0; frame < rows.length; frame++) {
      rows[frame] = row(stack.frameNumber(frame), stackFrames, frame);
    }
    for (HeapBucket bucket : stack.buckets()) {
      builder.sample(
          labels(stack.labels(), bucket.objectBytes()),
          rows,
          bucket.all().objects(),
          bucket.all().bytes(),
          bucket.live().objects(),
          bucket.live().bytes());
    }
  }

  private int labels(List<Label> ofThread, long objectBytes) {
    return labels.computeIfAbsent(
        new LabelsAndSize(ofThread, objectBytes), added -> builder.labels(added.all()));
  }

  private int row(int number, List<JavaFrame> stackFrames, int frame) {
    if (number >= rowsPlusOne.length) {
      rowsPlusOne = Arrays.copyOf(rowsPlusOne, Math.max(number + 1, rowsPlusOne.length * 2));
    }
    if (rowsPlusOne[number] == 0) {
      rowsPlusOne[number] = location(stackFrames.get(frame)) + 1;
    }
    return rowsPlusOne[number] - 1;
  }

  private int location(JavaFrame frame) {
    return frame.method().className().isEmpty()
        ? frames.nativeLocation(frame.method().name(), "")
        : frames.location(frame.method(), frame.line());
  }
}
