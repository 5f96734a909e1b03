// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Builds a profile of this JVM from stacks of {@link JavaFrame}s. */
public final class StackProfile {
  private final ProfileBuilder builder;
  private final JvmFrames frames;
  private final Map<JavaFrame, Integer> locations = new HashMap<>();

  /** A profile with the given value columns. */
  public StackProfile(ValueType... sampleTypes) {
    builder = Profile.builder(sampleTypes);
    frames = new JvmFrames(builder, MainSource.find());
  }

  /** Adds a sample. */
  public void add(StackKey stack, long... values) {
    int[] rows = stack.frames().stream().mapToInt(this::location).toArray();
    builder.sample(builder.labels(stack.labels()), rows, values);
  }

  /** The profile; nothing can be added afterwards. */
  public Profile build(UnaryOperator<ProfileHeader> header) {
    return builder.header(header).build();
  }

  private int location(JavaFrame frame) {
    return locations.computeIfAbsent(
        frame,
        added ->
            added.method().className().isEmpty()
                ? frames.nativeLocation(added.method().name(), "")
                : frames.location(added.method(), added.line()));
  }
}
