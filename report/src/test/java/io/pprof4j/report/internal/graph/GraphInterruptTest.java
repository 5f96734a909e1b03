// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import static io.pprof4j.report.Interrupted.PROFILE;
import static io.pprof4j.report.Interrupted.assertInterrupted;

import io.pprof4j.report.Interrupted;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.internal.request.Report;
import org.junit.jupiter.api.Test;

class GraphInterruptTest {
  @Test
  void endsTheSumsOfNodesAndEdges() throws ReportException {
    Report report = Interrupted.report(ReportFormat.TREE);
    NodeTable table = new NodeTable(PROFILE, report.mergingRules());
    StackWeights weights = new StackWeights(PROFILE, report.values());
    GraphBuilder builder = new GraphBuilder(PROFILE, table, weights);

    assertInterrupted(builder::nodes);
    assertInterrupted(() -> builder.edges(new EdgeSums.Choice(null, null)));
  }

  @Test
  void endsTheSumsOfLabels() throws ReportException {
    Report report = Interrupted.report(ReportFormat.DOT);
    NodeTable table = new NodeTable(PROFILE, report.mergingRules());
    StackWeights weights = new StackWeights(PROFILE, report.values());
    GraphBuilder builder = new GraphBuilder(PROFILE, table, weights);
    Graph graph = builder.nodes();
    NodeLabels.Source labels = new NodeLabels.Source(report, builder);

    assertInterrupted(() -> labels.labels(graph, 0, 0));
  }
}
