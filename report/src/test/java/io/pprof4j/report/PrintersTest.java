// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static io.pprof4j.report.TestProfiles.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintersTest {
  private static final ReportOptions DEFAULTS = ReportOptions.defaults();

  private static Profile hostile() {
    return new TestProfiles()
        .sample(
            List.of(Label.of("k", "x\" URL=\"javascript:alert(1)")), 1, "a\"b\\c<i>|=1,2", "main")
        .build();
  }

  @Test
  void connectsNodesAcrossThoseThatAreNotShown() throws ReportException, IOException {
    Profile profile =
        new TestProfiles()
            .sample(100, "leaf", "middle", "main")
            .sample(100, "leaf", "main")
            .build();

    String dot =
        print(
            profile,
            ReportFormat.DOT,
            DEFAULTS.with(ReportOption.HIDE, "nothing").with(ReportOption.NODE_COUNT, 2L));

    assertThat(dot).contains("tooltip=\"main ... leaf (200)\"").contains("style=\"dotted\"");
  }

  @Test
  void escapesWhatDotWouldTakeForAttributes() throws ReportException, IOException {
    String dot = print(hostile(), ReportFormat.DOT, DEFAULTS);

    assertThat(dot)
        .contains("label = \"k:x\\\" URL=\\\"javascript:alert(1)\"")
        .contains("a\\\"b\\\\c<i>|=1,2")
        .doesNotContain("\" URL=\"");
  }

  @Test
  void escapesNamesInTables() throws ReportException, IOException {
    assertThat(print(hostile(), ReportFormat.CSV, DEFAULTS)).contains("\"a\"\"b\\c<i>|=1,2\",,1,");
    assertThat(print(hostile(), ReportFormat.MARKDOWN, DEFAULTS))
        .contains("| a\"b\\\\c\\<i\\>\\|=1,2 |");
    assertThat(print(hostile(), ReportFormat.JSON, DEFAULTS))
        .contains("{\"name\": \"a\\\"b\\\\c<i>|=1,2\", \"inline\": \"\", \"flat\": 1,");
  }

  @Test
  void alignsTagsToTheRight() throws ReportException, IOException {
    Profile profile =
        new TestProfiles()
            .sample(List.of(Label.of("thread", "main")), 30, "a")
            .sample(List.of(Label.of("thread", "worker")), 70, "a")
            .build();

    assertThat(print(profile, ReportFormat.TAGS, DEFAULTS))
        .isEqualTo(
            """
             thread: Total 100 of 100 (  100%)
                     70 (70.00%): worker
                     30 (30.00%): main

            """);
  }

  @Test
  void collapsesNumbersOfANodeIntoRanges() throws ReportException, IOException {
    TestProfiles profiles = new TestProfiles();
    for (int power = 4; power < 12; power++) {
      profiles.sample(
          List.of(Label.of("bytes", 1L << power, "bytes")), 20 - power, "alloc", "main");
    }

    String dot = print(profiles.build(), ReportFormat.DOT, DEFAULTS);

    assertThat(dot.lines().filter(line -> line.contains("shape=box3d"))).hasSize(4);
    assertThat(dot).contains("label = \"128B..2kB\"").contains("label = \"16B\"");
  }

  @Test
  void countsRecursionOfALineOnceInListings() throws ReportException, IOException {
    Profile profile = new TestProfiles().sample(10, "walk", "walk", "main").build();

    assertThat(print(profile, ReportFormat.LIST, DEFAULTS))
        .contains("ROUTINE ======================== walk in Shop.java")
        .contains("        10         10 (flat, cum)   100% of Total")
        .contains(" Error: could not find file Shop.java on path ");
  }

  @Test
  void saysThatNothingMatches() {
    Profile profile = new TestProfiles().sample(10, "main").build();
    ReportRequest request = new ReportRequest(ReportFormat.PEEK, "zzz", DEFAULTS);

    assertThatThrownBy(
            () ->
                Reports.print(
                    profile,
                    request,
                    TestProfiles.context(new java.util.ArrayList<>()),
                    new java.io.ByteArrayOutputStream()))
        .isInstanceOf(ReportException.class)
        .hasMessage("no matches found for regexp: zzz");
  }

  @Test
  void writesOneLineForEachStack() throws ReportException, IOException {
    Profile profile = new TestProfiles().sample(5, "leaf", "main").sample(2, "main").build();

    String collapsed = print(profile, ReportFormat.COLLAPSED, DEFAULTS);

    assertThat(collapsed.lines()).hasSize(2).contains("main 2");
  }

  @Test
  void showsATreeOfCallsInsteadOfAGraph() throws ReportException, IOException {
    Profile profile = new TestProfiles().sample(1, "leaf", "a").sample(1, "leaf", "b").build();

    String graph = print(profile, ReportFormat.CALLGRIND, DEFAULTS);
    String tree =
        print(profile, ReportFormat.CALLGRIND, DEFAULTS.with(ReportOption.CALL_TREE, true));

    assertThat(graph).doesNotContain("[1/2]");
    assertThat(tree).contains("leaf [1/2]").contains("leaf [2/2]");
  }

  @Test
  void keepsNodesOfDifferentBinariesApartInTopproto() throws ReportException, IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    for (String binary : List.of("/bin/one", "/bin/two")) {
      MappingSpec mapping = MappingSpec.resolvedFile(binary, "");
      LocationSpec unnamed =
          new LocationSpec(builder.mapping(mapping), 0x10, List.of(), /* folded= */ false);
      builder.sample(new int[] {builder.location(unnamed)}, 5);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Reports.print(
        builder.build(),
        ReportRequest.of(ReportFormat.TOPPROTO, DEFAULTS),
        ReportContext.plain(warning -> {}),
        out);

    Profile top = Profile.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(top.locations()).hasSize(2);
    assertThat(top.functions()).hasSize(1);
  }

  @Test
  void namesNoCalleeThatCallgrindDoesNotShow() throws ReportException, IOException {
    Profile profile =
        new TestProfiles()
            .sample(5, "gone", "main")
            .sample(-5, "gone", "other", "main")
            .sample(1, "main")
            .build();

    assertThat(print(profile, ReportFormat.CALLGRIND, DEFAULTS)).contains("cfn=\n");
  }

  /** A function that starts behind its only line, which is unknown. */
  private static Profile startingBehindItsLine(String file) {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int function = builder.function("Shop.load", "", file, 100);
    builder.sample(new int[] {builder.location(Locations.NO_MAPPING, function, 0)}, 1);
    return builder.build();
  }

  @Test
  void missesNoFileOfWhichNoLineIsWanted() throws ReportException, IOException {
    assertThat(print(startingBehindItsLine("Gone.java"), ReportFormat.LIST, DEFAULTS))
        .isEqualTo(
            """
            Total: 1
            ROUTINE ======================== Shop.load in Gone.java
                     1          1 (flat, cum)   100% of Total
            """);
  }

  @Test
  void leavesPathsInTracesAsTheyAreRecorded() throws ReportException, IOException {
    Profile profile = startingBehindItsLine("/proc/self/cwd/Shop.java");
    ReportOptions byFile = DEFAULTS.with(ReportOption.GRANULARITY, "files");

    assertThat(print(profile, ReportFormat.TRACES, byFile)).contains("  /proc/self/cwd/Shop.java");
    assertThat(print(profile, ReportFormat.TEXT, byFile)).contains("  Shop.java");
  }

  @Test
  void keepsApartInCallgrindWhatHasOnlyAColumn() throws ReportException, IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int load = builder.function("load", "", "Shop.java", 0);
    int main = builder.function("main", "", "Shop.java", 0);
    int caller = builder.location(Locations.NO_MAPPING, main, 7);
    for (LineSpec line : List.of(new LineSpec(load, 0, 16), new LineSpec(load, 3, 0))) {
      int callee =
          builder.location(new LocationSpec(Locations.NO_MAPPING, 0, List.of(line), false));
      builder.sample(new int[] {callee, caller}, 1);
    }

    assertThat(print(builder.build(), ReportFormat.CALLGRIND, DEFAULTS))
        .contains("load [1/2]", "load [2/2]");
  }

  @Test
  void takesAnEmptyKeyForNone() throws ReportException, IOException {
    Profile profile =
        new TestProfiles()
            .sample(List.of(Label.of("user", "alice")), 30, "a")
            .sample(List.of(Label.of("user", "bob")), 70, "b")
            .build();

    assertThat(print(profile, ReportFormat.TEXT, DEFAULTS.with(ReportOption.TAG_FOCUS, "=alice")))
        .contains("Showing nodes accounting for 30, 30.00% of 100 total");
  }

  @Test
  void listsTheLinesOfAllFunctionsOfOneName() throws ReportException, IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    for (long start : new long[] {10, 5}) {
      int load = builder.function("Shop.load", "", "Shop.java", start);
      int location = builder.location(Locations.NO_MAPPING, load, 50 - 4 * start);
      builder.sample(new int[] {location}, start);
    }
    List<String> lines = new java.util.ArrayList<>();
    for (int line = 1; line < 60; line++) {
      lines.add("line " + line);
    }
    ReportContext context =
        new ReportContext(
            request -> SourceFinder.SourceText.of(lines),
            ObjectTool.NONE,
            warning -> {},
            java.time.ZoneOffset.UTC);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Reports.print(
        builder.build(), new ReportRequest(ReportFormat.LIST, "load", DEFAULTS), context, out);

    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("        10         10     10:line 10\n")
        .contains("         5          5     30:line 30\n")
        .endsWith("         .          .     35:line 35\n");
  }
}
