// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportFormat;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.ReportRequest;
import io.pprof4j.report.TestProfiles;
import io.pprof4j.report.internal.request.Granularity;
import io.pprof4j.report.internal.request.NodeRules;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.SampleValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Compares edges over many stacks, which several threads share, with edges made the plain way. */
class EdgeSumsTest {
  private static final int FEW = 50;
  private static final int MANY = 40_000; // enough to be worth several threads

  private record Ends(String source, String target) {}

  private record Edge(long weight, boolean residual, boolean inline) {
    Edge plus(long more, boolean isResidual, boolean isInline) {
      return new Edge(weight + more, residual || isResidual, inline && isInline);
    }
  }

  private final TestProfiles profiles = new TestProfiles();
  private final Map<Ends, Edge> expected = new LinkedHashMap<>();
  private Predicate<String> asked = name -> true;

  @Test
  void addsUpFewStacks() throws ReportException {
    addStacks(FEW, 30);

    assertEdges(30);
  }

  @Test
  void addsUpManyStacksInTheSameOrder() throws ReportException {
    addStacks(MANY, 40);

    assertEdges(40);
  }

  @Test
  void findsEdgesOfManyNodesWithoutMatrix() throws ReportException {
    addStacks(3_000, 2_000);

    assertEdges(2_000);
  }

  @Test
  void tellsInlinedCalls() throws ReportException {
    addStacks(FEW, 30);
    String[] inlined = {"f1", "f3", "f4", "f2"};
    profiles.inlined(9, inlined);
    count(9, true, inlined);

    assertEdges(30);
  }

  @Test
  void leavesOutEdgesWithoutAnEndThatIsAskedFor() throws ReportException {
    addStacks(FEW, 30);
    asked = name -> name.equals("f7") || name.equals("f12");
    expected.keySet().removeIf(ends -> !asked.test(ends.source) && !asked.test(ends.target));

    assertThat(expected).isNotEmpty();
    assertEdges(30);
  }

  private void addStacks(int stacks, int functions) {
    Random random = new Random(stacks);
    for (int stack = 0; stack < stacks; stack++) {
      String[] names = new String[1 + random.nextInt(12)];
      Arrays.setAll(names, depth -> "f" + random.nextInt(functions));
      long value = 1L + random.nextInt(1000);
      profiles.sample(value, names);
      count(value, false, names);
    }
  }

  /** Every fifth function is not kept. */
  private static boolean isKept(String name) {
    return Integer.parseInt(name.substring(1)) % 5 != 0;
  }

  private void count(long value, boolean inlined, String... leafFirst) {
    List<String> rootFirst = new ArrayList<>(List.of(leafFirst));
    java.util.Collections.reverse(rootFirst);
    Set<Ends> counted = new HashSet<>();
    String parent = "";
    boolean residual = false;
    for (int depth = 0; depth < rootFirst.size(); depth++) {
      String name = rootFirst.get(depth);
      if (!isKept(name)) {
        residual = true;
        continue;
      }
      Ends ends = new Ends(parent, name);
      if (!parent.isEmpty() && !parent.equals(name) && counted.add(ends)) {
        boolean isInline = inlined && depth > 0;
        Edge edge = expected.getOrDefault(ends, new Edge(0, false, true));
        expected.put(ends, edge.plus(value, residual, isInline));
      }
      parent = name;
      residual = false;
    }
  }

  private void assertEdges(int functions) throws ReportException {
    Profile profile = profiles.build();
    NodeTable table = new NodeTable(profile, new NodeRules(granularity(profile)));
    assertThat(table.size()).isLessThanOrEqualTo(functions);
    boolean[] kept = new boolean[table.size()];
    boolean[] ends = new boolean[table.size()];
    for (int node = 0; node < kept.length; node++) {
      kept[node] = isKept(table.info(node).name());
      ends[node] = asked.test(table.info(node).name());
    }
    SampleValues values = SampleValues.of(profile, ReportOptions.defaults());
    StackWeights weights = new StackWeights(profile, values);
    Edges edges = EdgeSums.of(table, profile.stacks(), weights, new EdgeSums.Choice(kept, ends));

    Map<Ends, Edge> found = new LinkedHashMap<>();
    for (int edge = 0; edge < edges.size(); edge++) {
      Ends between =
          new Ends(table.info(edges.source[edge]).name(), table.info(edges.target[edge]).name());
      found.put(between, new Edge(edges.weight[edge], edges.residual[edge], edges.inline[edge]));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
  }

  private static Granularity granularity(Profile profile) throws ReportException {
    ReportRequest request = ReportRequest.of(ReportFormat.TREE, ReportOptions.defaults());
    return Report.prepare(profile, request, message -> {}).granularity();
  }
}
