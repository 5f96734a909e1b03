// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Profiles for tests: short ones written down frame by frame, and random ones from a seed. */
final class Profiles {
  private final ProfileBuilder builder;
  private final int types;

  private Profiles(ValueType... types) {
    builder = Profile.builder(types);
    this.types = types.length;
  }

  /** A profile of one value column, "samples" in "count". */
  static Profiles profiles() {
    return new Profiles(new ValueType("samples", "count"));
  }

  static Profiles profiles(ValueType... types) {
    return new Profiles(types);
  }

  /** Adds a sample; functions leaf first. "a|b" is one location: a inlined into b. */
  Profiles sample(long value, String... frames) {
    return sample(List.of(), value, frames);
  }

  Profiles sample(List<Label> labels, long value, String... frames) {
    long[] values = new long[types];
    Arrays.fill(values, value);
    return sample(labels, values, frames);
  }

  Profiles sample(List<Label> labels, long[] values, String... frames) {
    int[] locations = Arrays.stream(frames).mapToInt(this::location).toArray();
    builder.sample(builder.labels(labels), locations, values);
    return this;
  }

  private int location(String frame) {
    List<LineSpec> lines = new ArrayList<>();
    for (String name : frame.split("\\|", -1)) {
      lines.add(LineSpec.of(builder.function(name, "", name + ".java", 0), 1));
    }
    return builder.location(new LocationSpec(Locations.NO_MAPPING, 0, lines, false));
  }

  Profile build() {
    return builder.build();
  }

  /** Samples as text, one per line: {@code leaf;...;root values labels}; inlined frames as |. */
  static List<String> lines(Profile profile) {
    return profile.samples().stream().map(Profiles::line).toList();
  }

  private static String line(Sample sample) {
    String stack =
        sample.locations().stream()
            .map(
                location ->
                    location.lines().stream()
                        .map(line -> line.function().name())
                        .collect(Collectors.joining("|")))
            .collect(Collectors.joining(";"));
    String labels =
        sample.labels().isEmpty()
            ? ""
            : sample.labels().stream()
                .map(Profiles::text)
                .collect(Collectors.joining(" ", " ", ""));
    return stack
        + " "
        + sample.values().stream().map(String::valueOf).collect(Collectors.joining(","))
        + labels;
  }

  private static String text(Label label) {
    if (label.value() instanceof LabelValue.Number number) {
      return label.key() + "=" + number.number() + number.unit();
    }
    return label.key() + "=" + ((LabelValue.Text) label.value()).text();
  }

  static byte[] bytes(Profile profile) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      profile.writeUncompressedTo(out);
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static Profile read(byte[] bytes) throws IOException {
    return Profile.read(new ByteArrayInputStream(bytes));
  }

  /** A random valid profile: few distinct names, so that rows are shared; all kinds of values. */
  static Profile random(long seed) {
    return new RandomProfile(new Random(seed)).build();
  }

  /** A random profile of the types and period that all random profiles with {@code shape} have. */
  static Profile random(long seed, long shape) {
    return new RandomProfile(new Random(seed), new Random(shape)).build();
  }
}
