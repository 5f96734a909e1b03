// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every recorded command line. A case listed in {@code known-differences.txt} must differ: one
 * that has come to agree fails until it is struck off the list.
 *
 * <p>{@code -Dconformance.cases=regex} runs only the cases whose id matches wholly.
 */
class CommandLineConformanceTest {
  private static final Map<String, int[]> SCORES = new LinkedHashMap<>();

  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicTest> answersAsTheOriginal() throws Exception {
    Path corpus = corpus();
    KnownDifferences known = KnownDifferences.read(corpus.resolve("known-differences.txt"));
    CaseRunner runner = new CaseRunner(corpus, scratch);
    String wanted = System.getProperty("conformance.cases", ".*");
    return cases().stream()
        .filter(given -> given.id().matches(wanted))
        .map(given -> DynamicTest.dynamicTest(given.id(), () -> judge(runner, given, known)));
  }

  @Test
  void listsOnlyCasesThatExist() throws Exception {
    Set<String> ids = new HashSet<>();
    for (ConformanceCase given : cases()) {
      ids.add(given.id());
      ids.add(given.id() + "/stderr");
    }

    KnownDifferences known = KnownDifferences.read(corpus().resolve("known-differences.txt"));

    assertThat(ids).containsAll(known.ids());
  }

  /** Prints passed and total per group, reports and messages apart. */
  @AfterAll
  static void printScores() {
    int[] sum = new int[3];
    SCORES.forEach(
        (group, score) -> {
          System.out.printf(
              "conformance %-18s stdout %4d/%-4d stderr %4d/%-4d%n",
              group, score[0], score[2], score[1], score[2]);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += score[i];
          }
        });
    System.out.printf(
        "conformance %-18s stdout %4d/%-4d stderr %4d/%-4d%n",
        "all", sum[0], sum[2], sum[1], sum[2]);
  }

  private static void judge(CaseRunner runner, ConformanceCase given, KnownDifferences known)
      throws IOException {
    CaseRunner.Outcome outcome = runner.run(given);
    int[] score = SCORES.computeIfAbsent(given.group(), group -> new int[3]);
    score[0] += outcome.output().isEmpty() ? 1 : 0;
    score[1] += outcome.messages().isEmpty() ? 1 : 0;
    score[2]++;
    expect(given, outcome.output(), known.output(given.id()));
    expect(given, outcome.messages(), known.messages(given.id()));
  }

  private static void expect(ConformanceCase given, List<String> differences, boolean known) {
    if (known && differences.isEmpty()) {
      fail("agrees with the original now: strike it off known-differences.txt");
    }
    if (!known && !differences.isEmpty()) {
      fail("pprof " + String.join(" ", given.args()) + "\n" + String.join("\n", differences));
    }
  }

  private static List<ConformanceCase> cases() throws IOException, URISyntaxException {
    return ConformanceCase.readAll(corpus().resolve("cases.jsonl"));
  }

  private static Path corpus() throws URISyntaxException {
    URL resource = CommandLineConformanceTest.class.getResource("/pprof/cases.jsonl");
    return Path.of(Objects.requireNonNull(resource).toURI()).getParent();
  }
}
