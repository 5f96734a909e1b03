// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.MainSource;
import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.util.IdentityHashMap;
import java.util.List;
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
  // A snapshot has one object for each distinct frame.
  private final IdentityHashMap<JavaFrame, Integer> locations = new IdentityHashMap<>();

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
                    .withComments(snapshot.statistics().comments())
                    .withDefaultSampleType(defaultSampleType))
        .build();
  }

  private void add(HeapStack stack) {
    int[] rows = stack.frames().stream().mapToInt(this::location).toArray();
    for (HeapBucket bucket : stack.buckets()) {
      // Without a unit, as Go writes it: readers know the key.
      int labels = builder.labels(List.of(Label.of("bytes", bucket.objectBytes(), "")));
      builder.sample(
          labels,
          rows,
          bucket.all().objects(),
          bucket.all().bytes(),
          bucket.live().objects(),
          bucket.live().bytes());
    }
  }

  private int location(JavaFrame frame) {
    Integer known = locations.get(frame);
    if (known != null) {
      return known;
    }
    int row =
        frame.method().className().isEmpty()
            ? frames.nativeLocation(frame.method().name(), "")
            : frames.location(frame.method(), frame.line());
    locations.put(frame, row);
    return row;
  }
}
