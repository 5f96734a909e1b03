// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.NodeInfo;
import io.pprof4j.report.TopReport;
import io.pprof4j.report.internal.graph.Graph;
import io.pprof4j.report.internal.graph.GraphTrimmer;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.GoMath;
import io.pprof4j.report.internal.text.ValueFormat;
import java.util.List;

/** Makes a profile of the rows of a {@link TopReport}: a sample per node, with cum and flat. */
public final class TopProto {
  private TopProto() {}

  /** The profile of a report. */
  public static Profile of(Report report) {
    GraphTrimmer trimmer =
        new GraphTrimmer(report, report.mergingRules(), GraphTrimmer.Needs.NODES, false);
    Graph graph = trimmer.trim().graph();
    ValueFormat format = graph.suited(report.valueFormat(), report.total(), false);
    Profile source = report.profile();
    ProfileBuilder builder =
        Profile.builder(new ValueType("cum", format.to()), new ValueType("flat", format.to()))
            .header(
                header ->
                    header
                        .withTime(source.timeNanos(), source.durationNanos())
                        .withPeriod(source.periodType(), source.period()));
    for (int node : graph.shown) {
      NodeInfo info = graph.info(node);
      int function = builder.function(info.name(), "", info.file(), info.startLine());
      LineSpec line = new LineSpec(function, info.line(), info.column());
      // Nodes of different binaries may look alike in what is left of them, and stay apart.
      int location =
          builder.newLocation(
              new LocationSpec(Locations.NO_MAPPING, info.address(), List.of(line), false));
      builder.sample(
          new int[] {location},
          GoMath.toLong(format.converted(graph.cumValue(node))),
          GoMath.toLong(format.converted(graph.flatValue(node))));
    }
    return builder.build();
  }
}
