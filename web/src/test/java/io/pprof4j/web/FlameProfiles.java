// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.FlameData;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds profiles of named functions and writes their flame pages. */
final class FlameProfiles {
  private final ProfileBuilder builder = Profile.builder(new ValueType("cpu", "milliseconds"));
  private final int mapping = builder.mapping(MappingSpec.resolvedFile("/app/shop.jar", ""));

  /** A sample; the root comes first. */
  FlameProfiles sample(long value, String... functions) {
    return sample(List.of(), value, functions);
  }

  /** A sample that was taken so many milliseconds after the first; the root comes first. */
  FlameProfiles at(long millis, long value, String... functions) {
    return sample(List.of(Label.of("time", millis, "milliseconds")), value, functions);
  }

  private FlameProfiles sample(List<Label> labels, long value, String... functions) {
    int[] stack = new int[functions.length];
    for (int at = 0; at < stack.length; at++) {
      String name = functions[stack.length - 1 - at];
      stack[at] = builder.location(mapping, builder.function(name, "", "Shop.java", 0), 7);
    }
    builder.sample(builder.labels(labels), stack, value);
    return this;
  }

  Profile build() {
    return builder.build();
  }

  /** The address of a page that shows a profile. */
  static String page(Profile profile, Path directory) throws IOException, ReportException {
    Path file = Files.createTempFile(directory, "flame", ".html");
    try (OutputStream out = Files.newOutputStream(file)) {
      FlamePage.write(FlameData.of(profile, ReportOptions.defaults()), out);
    }
    return file.toUri().toString();
  }
}
