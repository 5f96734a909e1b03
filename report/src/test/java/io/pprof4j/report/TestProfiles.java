// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Builds profiles of named functions, and prints reports of them. */
public final class TestProfiles {
  private final ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
  private final int mapping = builder.mapping(MappingSpec.resolvedFile("/app/shop.jar", ""));

  /** No samples yet. */
  public TestProfiles() {}

  /** A sample; the leaf comes first. */
  public TestProfiles sample(long value, String... functions) {
    return sample(List.of(), value, functions);
  }

  /** A sample with labels; the leaf comes first. */
  public TestProfiles sample(List<Label> labels, long value, String... functions) {
    int[] stack = new int[functions.length];
    for (int at = 0; at < stack.length; at++) {
      stack[at] = builder.location(mapping, builder.function(functions[at], "", "Shop.java", 0), 7);
    }
    builder.sample(builder.labels(labels), stack, value);
    return this;
  }

  /** A sample of one location whose frames are inlined into each other, innermost first. */
  public TestProfiles inlined(long value, String... functions) {
    List<LineSpec> lines = new ArrayList<>();
    for (String function : functions) {
      lines.add(LineSpec.of(builder.function(function, "", "Shop.java", 0), 7));
    }
    int location = builder.location(new LocationSpec(mapping, 0, lines, false));
    builder.sample(new int[] {location}, value);
    return this;
  }

  /** The profile of what was added. */
  public Profile build() {
    return builder.build();
  }

  /** A context in UTC that keeps warnings and finds no sources. */
  public static ReportContext context(List<String> warnings) {
    return new ReportContext(SourceFinder.NONE, ObjectTool.NONE, warnings::add, ZoneOffset.UTC);
  }

  /** The rows of {@code -top}. */
  public static TopReport top(Profile profile, ReportOptions options) throws ReportException {
    return Reports.top(profile, options, context(new ArrayList<>()));
  }

  /** A report as it is printed. */
  public static String print(Profile profile, ReportFormat format, ReportOptions options)
      throws ReportException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportRequest request = new ReportRequest(format, format.takesPattern() ? "." : "", options);
    Reports.print(profile, request, context(new ArrayList<>()), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
