// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static io.pprof4j.report.TestProfiles.top;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopReportTest {
  private static final ReportOptions DEFAULTS = ReportOptions.defaults();

  private static List<String> rows(TopReport top) {
    return top.rows().stream()
        .map(row -> row.name() + " " + row.flat().number() + " " + row.cum().number())
        .toList();
  }

  @Test
  void countsRecursiveFunctionOnce() throws ReportException {
    Profile profile = new TestProfiles().sample(10, "walk", "walk", "main").build();

    assertThat(rows(top(profile, DEFAULTS))).containsExactly("walk 10 10", "main 0 10");
  }

  @Test
  void dropsNodesBelowTheFractionAndSaysSo() throws ReportException {
    Profile profile =
        new TestProfiles().sample(1000, "big", "main").sample(1, "tiny", "main").build();

    TopReport top = top(profile, DEFAULTS);

    assertThat(rows(top)).containsExactly("big 1000 1000", "main 0 1001");
    assertThat(top.labels())
        .containsSequence(
            "Showing nodes accounting for 1000, 99.90% of 1001 total", "Dropped 1 node (cum <= 5)");
  }

  @Test
  void keepsAsManyNodesAsAskedFor() throws ReportException {
    Profile profile =
        new TestProfiles().sample(3, "a", "main").sample(2, "b", "main").sample(1, "c").build();

    TopReport top = top(profile, DEFAULTS.with(ReportOption.NODE_COUNT, 2L));

    assertThat(rows(top)).containsExactly("a 3 3", "b 2 2");
    assertThat(top.labels()).contains("Showing top 2 nodes out of 4");
  }

  @Test
  void sortsBySizeSoThatLossesStandAmongGains() throws ReportException {
    Profile profile =
        new TestProfiles().sample(-30, "lost").sample(20, "won").sample(20, "also").build();

    assertThat(rows(top(profile, DEFAULTS)))
        .containsExactly("lost -30 -30", "also 20 20", "won 20 20");
    assertThat(rows(top(profile, DEFAULTS.with(ReportOption.DROP_NEGATIVE, true))))
        .containsExactly("also 20 20", "won 20 20");
  }

  @Test
  void marksFunctionsThatWereInlined() throws ReportException {
    Profile profile =
        new TestProfiles()
            .inlined(5, "always", "main")
            .inlined(5, "sometimes", "main")
            .sample(5, "sometimes", "other")
            .build();

    List<String> marks =
        top(profile, DEFAULTS).rows().stream()
            .map(row -> row.name() + row.inlining().mark())
            .toList();

    assertThat(marks)
        .containsExactlyInAnyOrder("sometimes(partial-inline)", "always(inline)", "main", "other");
  }

  @Test
  void takesPercentagesOfWhatFiltersLeftIfAsked() throws ReportException {
    Profile profile = new TestProfiles().sample(1, "a", "main").sample(3, "b", "main").build();
    ReportOptions focused = DEFAULTS.with(ReportOption.FOCUS, "^a$");

    assertThat(top(profile, focused).total()).isEqualTo(4);
    assertThat(top(profile, focused.with(ReportOption.RELATIVE_PERCENTAGES, true)).total())
        .isEqualTo(1);
  }

  @Test
  void tellsWhichFilterMatchedNothing() throws ReportException {
    Profile profile = new TestProfiles().sample(1, "a").build();
    List<String> warnings = new ArrayList<>();

    Reports.top(profile, DEFAULTS.with(ReportOption.FOCUS, "zzz"), TestProfiles.context(warnings));

    assertThat(warnings).containsExactly("Focus expression matched no samples");
  }

  @Test
  void refusesColumnsThatTheProfileLacks() {
    Profile profile = new TestProfiles().sample(1, "a").build();

    assertThatThrownBy(() -> top(profile, DEFAULTS.with(ReportOption.SAMPLE_INDEX, "9")))
        .hasMessage("sample_index 9 is outside the range [0..0]");
    assertThatThrownBy(() -> top(profile, DEFAULTS.with(ReportOption.SAMPLE_INDEX, "cpu")))
        .hasMessage("sample_index \"cpu\" must be one of: [samples]");
    assertThatThrownBy(() -> top(profile, DEFAULTS.with(ReportOption.DIVIDE_BY, 0.0)))
        .hasMessage("zero divisor specified");
    assertThatThrownBy(() -> top(profile, DEFAULTS.with(ReportOption.HIDE, "(")))
        .hasMessage("parsing hide regexp: error parsing regexp: missing closing ): `(`");
  }
}
