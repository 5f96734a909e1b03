// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Lays graphs out in turn with Graphviz's dot and prints what both took and what came of it; {@code
 * benchmarks/graph.sh} runs it.
 */
final class GraphRace {
  private static final int WARM_UP = 30;
  private static final int RUNS = 5;

  private GraphRace() {}

  /**
   * Takes the file of a graph in the form that {@link TestGraphs#parse} reads, or a profile and how
   * many nodes of it to show.
   */
  public static void main(String[] arguments) throws IOException, ReportException {
    Path file = Path.of(arguments[0]);
    String name = String.valueOf(file.getFileName()).replaceFirst("[.].*", "");
    if (arguments.length == 1) {
      race(name, TestGraphs.parse(Files.readString(file)));
    } else {
      race(name + " " + arguments[1], ofProfile(file, Long.parseLong(arguments[1])));
    }
  }

  private static LayoutGraph ofProfile(Path file, long nodes) throws IOException, ReportException {
    ReportOptions options = ReportOptions.defaults().with(ReportOption.NODE_COUNT, nodes);
    ReportContext context = ReportContext.plain(warning -> {});
    return Picture.measured(Reports.graph(Profile.read(file), options, context));
  }

  private static void race(String name, LayoutGraph graph) throws IOException {
    long first = cpuMillis(graph, 1);
    cpuMillis(graph, WARM_UP);
    long warm = 0;
    long dots = 0;
    for (int run = 0; run < RUNS; run++) {
      warm += cpuMillis(graph, 2);
      dots += Dot.cpuMillis(graph);
    }
    Quality ours = Quality.of(graph, LayeredLayout.of(graph));
    Quality theirs = Quality.of(graph, Dot.layout(graph));
    System.out.printf(
        Locale.ROOT,
        "%s | %d, %d | %d ms | %d, %d ms | %d of %d: %.2f | %.2f%n",
        name,
        graph.nodes().size(),
        graph.edges().size(),
        dots / RUNS,
        first,
        warm / (2 * RUNS),
        ours.crossings(),
        theirs.crossings(),
        (double) ours.crossings() / theirs.crossings(),
        ours.length() / theirs.length());
  }

  /** Of the whole process, so with compiling and collecting garbage. */
  private static long cpuMillis(LayoutGraph graph, int runs) {
    Duration before = cpu();
    for (int run = 0; run < runs; run++) {
      LayeredLayout.of(graph);
    }
    return cpu().minus(before).toMillis();
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
