// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.TestProfiles;
import io.pprof4j.report.TopReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares sums over many stacks, which several threads share, with sums made the plain way. */
class NodeSumsTest {
  private static final int DEPTH = 200;
  private static final int STACKS = 6_000; // times DEPTH, enough to be worth several threads
  private static final ReportOptions ALL =
      ReportOptions.defaults().with(ReportOption.TRIM, false).with(ReportOption.NODE_COUNT, -1L);

  private final Map<String, Long> flat = new HashMap<>();
  private final Map<String, Long> cum = new HashMap<>();
  private final TestProfiles profiles = new TestProfiles();

  @Test
  void addsUpManyStacksAsFewOnes() throws ReportException {
    addStacks(new Random(1));

    assertSums();
  }

  @Test
  void addsUpInlinedFramesToo() throws ReportException {
    addStacks(new Random(2));
    profiles.inlined(7, "f1", "f2", "f1", "f3");
    count(7, "f1", "f2", "f1", "f3");

    assertSums();
  }

  private void addStacks(Random random) {
    for (int stack = 0; stack < STACKS; stack++) {
      String[] functions = new String[DEPTH];
      for (int depth = 0; depth < DEPTH; depth++) {
        functions[depth] = "f" + random.nextInt(300);
      }
      long value = random.nextInt(1000) - 300L;
      profiles.sample(value, functions);
      count(value, functions);
    }
  }

  private void count(long value, String... functions) {
    flat.merge(functions[0], value, Long::sum);
    Set.copyOf(List.of(functions)).forEach(function -> cum.merge(function, value, Long::sum));
  }

  private void assertSums() throws ReportException {
    Map<String, Long> flats = new HashMap<>();
    Map<String, Long> cums = new HashMap<>();
    for (TopReport.Row row : TestProfiles.top(profiles.build(), ALL).rows()) {
      flats.put(row.name(), row.flat().number());
      cums.put(row.name(), row.cum().number());
    }
    flat.forEach((name, value) -> assertThat(flats.get(name)).as(name).isEqualTo(value));
    assertThat(cums).isEqualTo(cum);
  }
}
