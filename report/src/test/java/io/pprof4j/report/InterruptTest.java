// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each loop that Ctrl-C has to end, alone, in a thread that is interrupted already. */
class InterruptTest {
  private final Profile profile =
      new TestProfiles()
          .sample(List.of(Label.of("thread", "t1")), 1, "read", "load", "main")
          .sample(List.of(Label.of("thread", "t2")), 2, "write", "save", "main")
          .build();

  @AfterEach
  void forgetTheInterrupt() {
    Thread.interrupted();
  }

  @Test
  void endsTheSumsOfNodesAndEdges() throws ReportException {
    Report report = report(ReportFormat.TREE);
    NodeTable table = new NodeTable(profile, report.mergingRules());
    StackWeights weights = new StackWeights(profile, report.values());
    GraphBuilder builder = new GraphBuilder(profile, table, weights);

    assertInterrupted(builder::nodes);
    assertInterrupted(() -> builder.edges(new EdgeSums.Choice(null, null)));
  }

  @Test
  void endsTheSumsOfLabels() throws ReportException {
    Report report = report(ReportFormat.DOT);
    NodeTable table = new NodeTable(profile, report.mergingRules());
    StackWeights weights = new StackWeights(profile, report.values());
    GraphBuilder builder = new GraphBuilder(profile, table, weights);
    Graph graph = builder.nodes();
    NodeLabels.Source labels = new NodeLabels.Source(report, builder);

    assertInterrupted(() -> labels.labels(graph, 0, 0));
  }

  @Test
  void endsTheListOfSamples() {
    byte[][] labels = new byte[profile.labelSets().size()][0];
    RawSamples samples = new RawSamples(profile, labels, OutputStream.nullOutputStream());

    assertInterrupted(samples::print);
  }

  @Test
  void endsTheWeightsOfFlameGraphs() throws ReportException {
    Report report = report(ReportFormat.FLAME);

    assertInterrupted(() -> new FlameWeights(profile, report.values()));
  }

  private Report report(ReportFormat format) throws ReportException {
    ReportRequest request = ReportRequest.of(format, ReportOptions.defaults());
    return Report.prepare(profile, request, message -> {});
  }

  private static void assertInterrupted(ThrowingCallable work) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(work).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
  }
}
