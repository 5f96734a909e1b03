// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LocationSpec;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.internal.flame.FlameTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FlameDataTest {
  private static final ReportOptions DEFAULTS = ReportOptions.defaults();

  /** One line a node: indentation, name, own value, base. */
  private static List<String> lines(FlameData data) {
    List<String> lines = new ArrayList<>();
    for (int node = 0; node < data.nodeCount(); node++) {
      String base = data.header().diff() ? " base " + data.base(node) : "";
      lines.add(
          " ".repeat(data.depth(node))
              + data.frames().get(data.frame(node)).name()
              + " "
              + data.self(node)
              + base);
    }
    return lines;
  }

  private static List<String> lines(Profile profile) throws ReportException {
    return lines(FlameData.of(profile, DEFAULTS));
  }

  @Test
  void mergesStacksFromTheRootHeaviestFirst() throws ReportException {
    Profile profile =
        new TestProfiles()
            .sample(1, "small", "main")
            .sample(5, "leaf", "big", "main")
            .sample(2, "big", "main")
            .build();

    assertThat(lines(profile))
        .containsExactly("root 0", " main 0", "  big 2", "   leaf 5", "  small 1");
  }

  @Test
  void keepsRecursionAndInlinedFramesApart() throws ReportException {
    Profile profile =
        new TestProfiles().sample(3, "walk", "walk", "main").inlined(2, "walk", "main").build();

    FlameData data = FlameData.of(profile, DEFAULTS);

    assertThat(lines(data))
        .containsExactly("root 0", " main 0", "  walk 0", "   walk 3", "  walk 2");
    assertThat(data.frames().get(data.frame(4)).inlined()).isTrue();
  }

  @Test
  void setsTheBaseOfAComparisonApart() throws ReportException {
    Profile before = new TestProfiles().sample(4, "old", "main").sample(4, "both", "main").build();
    Profile after = new TestProfiles().sample(6, "both", "main").sample(1, "new", "main").build();

    FlameData data = FlameData.of(after.diff(before), DEFAULTS);

    assertThat(lines(data))
        .containsExactly(
            "root 0 base 0",
            " main 0 base 0",
            "  both 6 base 4",
            "  old 0 base 4",
            "  new 1 base 0");
    assertThat(data.header().total()).isEqualTo(8);
  }

  @Test
  void takesWhatASubtractionLeftBelowZeroAsBase() throws ReportException {
    Profile before = new TestProfiles().sample(4, "old", "main").sample(4, "both", "main").build();
    Profile after = new TestProfiles().sample(6, "both", "main").build();

    assertThat(lines(after.minus(before)))
        .containsExactly("root 0 base 0", " main 0 base 0", "  old 0 base 4", "  both 2 base 0");
  }

  @Test
  void showsLocationsWithoutSymbolsAsTheirBinary() throws ReportException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int library = builder.mapping(MappingSpec.resolvedFile("/lib/libz.so.1", ""));
    int one = builder.location(new LocationSpec(library, 0x1000, List.of(), false));
    int other = builder.location(new LocationSpec(library, 0x2000, List.of(), false));
    builder.sample(new int[] {one}, 1);
    builder.sample(new int[] {other}, 2);
    Profile profile = builder.build();
    ReportOptions byAddress = DEFAULTS.with(ReportOption.GRANULARITY, "addresses");

    assertThat(lines(profile)).containsExactly("root 0", " [libz.so.1] 3");
    assertThat(lines(FlameData.of(profile, byAddress)))
        .containsExactly(
            "root 0", " 0000000000002000 [libz.so.1] 2", " 0000000000001000 [libz.so.1] 1");
  }

  @Test
  void hasARootWhenThereIsNothingElse() throws ReportException {
    FlameData data = FlameData.of(new TestProfiles().build(), DEFAULTS);

    assertThat(lines(data)).containsExactly("root 0");
    assertThat(data.header().total()).isZero();
  }

  @Test
  void filtersAsAnyReportAndSaysSo() throws ReportException {
    Profile profile = new TestProfiles().sample(1, "a", "main").sample(3, "b", "main").build();
    List<String> warnings = new ArrayList<>();

    FlameData data =
        FlameData.of(
            profile, DEFAULTS.with(ReportOption.FOCUS, "^a$"), TestProfiles.context(warnings));
    FlameData.of(
        profile, DEFAULTS.with(ReportOption.IGNORE, "zzz"), TestProfiles.context(warnings));

    assertThat(lines(data)).containsExactly("root 0", " main 0", "  a 1");
    assertThat(data.header().legend())
        .containsSequence(
            "Active filters:", "   focus=^a$", "Showing nodes accounting for 1, 25.00% of 4 total");
    assertThat(warnings).containsExactly("Ignore expression matched no samples");
    assertThatThrownBy(() -> FlameData.of(profile, DEFAULTS.with(ReportOption.HIDE, "(")))
        .isInstanceOf(ReportException.class);
  }

  @Test
  void followsStacksDeeperThanAThreadsOwn() throws ReportException {
    String[] functions = new String[50_000];
    java.util.Arrays.fill(functions, "again");

    FlameData data = FlameData.of(new TestProfiles().sample(1, functions).build(), DEFAULTS);

    assertThat(data.nodeCount()).isEqualTo(50_001);
    assertThat(data.depth(50_000)).isEqualTo(50_000);
  }

  /** A few heavy stacks and thousands of light ones, which share their beginnings. */
  private static Profile large() {
    TestProfiles profiles = new TestProfiles();
    Random random = new Random(3);
    for (int stack = 0; stack < 6000; stack++) {
      String[] functions = new String[20];
      for (int at = 0; at < functions.length; at++) {
        int spread = functions.length - at;
        functions[at] = "f" + at + "_" + random.nextInt(1 + spread * spread / 8);
      }
      profiles.sample(stack % 100 == 0 ? 1000 + stack : 1 + stack % 3, functions);
    }
    return profiles.build();
  }

  /** What each path from the root sums up to; what an outline leaves out counts for its caller. */
  private static Map<String, Long> totals(FlameData data) {
    Map<String, Long> totals = new TreeMap<>();
    List<String> open = new ArrayList<>();
    for (int node = 0; node < data.nodeCount(); node++) {
      while (open.size() > data.depth(node)) {
        open.remove(open.size() - 1);
      }
      boolean rest = data.frame(node) == data.restFrame();
      String name = data.frames().get(data.frame(node)).name();
      open.add(open.isEmpty() ? name : open.get(open.size() - 1) + (rest ? "" : ";" + name));
      for (String path : new LinkedHashSet<>(open)) {
        totals.merge(path, data.self(node), Long::sum);
      }
    }
    return totals;
  }

  @Test
  void leavesOutOfAnOutlineWhatNoScreenIsWideEnoughFor() throws ReportException {
    Profile profile = large();
    FlameData whole = FlameData.of(profile, DEFAULTS);

    FlameData outline = FlameData.outline(profile, DEFAULTS);

    Map<String, Long> wide = totals(whole);
    long least = wide.get("root") / 2048;
    wide.values().removeIf(total -> total < least);
    assertThat(totals(outline)).isEqualTo(wide);
    assertThat(outline.nodeCount()).isLessThan(whole.nodeCount() / 5);
    assertThat(whole.restFrame()).isEqualTo(-1);
  }

  @Test
  void putsWhatAnOutlineLeavesOutBehindItsSiblings() throws ReportException {
    FlameData outline = FlameData.outline(large(), DEFAULTS);

    int rests = 0;
    for (int node = 0; node < outline.nodeCount(); node++) {
      if (outline.frame(node) == outline.restFrame()) {
        rests++;
        boolean last = node + 1 == outline.nodeCount();
        assertThat(last || outline.depth(node + 1) < outline.depth(node)).isTrue();
      }
    }
    assertThat(rests).isPositive();
  }

  @Test
  void outlinesASmallProfileAsAWhole() throws ReportException {
    Profile profile =
        new TestProfiles().sample(1_000_000, "a", "main").sample(1, "b", "main").build();

    FlameData outline = FlameData.outline(profile, DEFAULTS);

    assertThat(lines(outline)).isEqualTo(lines(profile));
    assertThat(outline.restFrame()).isEqualTo(-1);
  }

  private static List<String> groups(Profile profile, FrameGrouping grouping)
      throws ReportException {
    return Reports.groups(profile, DEFAULTS, grouping, TestProfiles.context(new ArrayList<>()))
        .rows()
        .stream()
        .map(row -> row.name() + " " + row.flat().number() + " " + row.cum().number())
        .toList();
  }

  @Test
  void sumsUpGroupsCountingEachOnceForAStack() throws ReportException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int app = builder.mapping(MappingSpec.resolvedFile("/app/shop.jar", ""));
    int netty = builder.mapping(MappingSpec.resolvedFile("/app/lib/netty.jar", ""));
    int jdk = builder.mapping(MappingSpec.resolvedFile("jrt:/java.base", ""));
    int sell = location(builder, app, "com.acme.shop.Shop.sell");
    int buy = location(builder, app, "com.acme.shop.Cart.buy");
    int pay = location(builder, app, "com.acme.pay.Card.pay");
    int read = location(builder, netty, "io.netty.Channel.read");
    int copy = location(builder, jdk, "java.util.Arrays.copyOf");
    builder.sample(new int[] {copy, buy, sell}, 4);
    builder.sample(new int[] {pay, sell}, 2);
    builder.sample(new int[] {sell, read, sell}, 1);
    Profile profile = builder.build();

    assertThat(groups(profile, FrameGrouping.PACKAGE))
        .containsExactly("java.util 4 4", "com.acme.pay 2 2", "com.acme.shop 1 7", "io.netty 0 1");
    assertThat(groups(profile, FrameGrouping.MODULE))
        .containsExactly("java.base 4 4", "shop.jar 3 7", "netty.jar 0 1");
    assertThat(groups(profile, FrameGrouping.KIND))
        .containsExactly("JDK and runtime 4 4", "application 3 7", "library 0 1");
    assertThat(groups(new TestProfiles().build(), FrameGrouping.KIND)).isEmpty();
  }

  private static int location(ProfileBuilder builder, int mapping, String name) {
    return builder.location(mapping, builder.function(name, "", "A.java", 1), 1);
  }

  @Test
  void writesColumnsThatAddUp() throws ReportException, IOException {
    Profile profile =
        new TestProfiles()
            .sample(20, "leaf", "main")
            .sample(10, "</script>\u2028\"", "main")
            .build();

    String json = TestProfiles.print(profile, ReportFormat.FLAME, DEFAULTS);

    assertThat(json)
        .contains("\"up\":[0,0,0,1]")
        .contains("\"frame\":[0,1,2,3]")
        .contains("\"self\":[0,0,2,1]")
        .contains("\"quantum\":10,")
        .contains("\"\\u003c/script>\\u2028\\\"\"")
        .doesNotContain("<");
  }

  @Test
  void cutsTimeIntoRoundBuckets() throws ReportException, IOException {
    Profile profile =
        new TestProfiles()
            .sample(at(5_000), 1, "a", "main")
            .sample(at(5_250), 2, "a", "main")
            .sample(at(11_500), 3, "b", "main")
            .sample(4, "b", "main")
            .build();

    String json = TestProfiles.print(profile, ReportFormat.FLAME, DEFAULTS);

    assertThat(json)
        .contains("\"startMillis\":5000,\n\"bucketMillis\":500,\n\"buckets\":14,")
        .contains("\"nodeStep\":[2,1],\n\"bucket\":[13,0],\n\"value\":[3,3]");
  }

  @Test
  void keepsWhatWasMeasuredInEachOfManyBuckets() throws ReportException {
    TestProfiles profiles = new TestProfiles();
    for (int second = 0; second < 1000; second++) {
      profiles.sample(at(second * 1000L), 1 + second % 7, "a", "main");
    }

    FlameTimes times = FlameData.of(profiles.build(), DEFAULTS).times().orElseThrow();

    assertThat(times.bucketNanos).isEqualTo(1_000_000_000);
    assertThat(times.value).hasSize(1000);
    for (int cell = 0; cell < times.value.length; cell++) {
      assertThat(times.bucket[cell]).isEqualTo(cell);
      assertThat(times.value[cell]).isEqualTo(1 + cell % 7);
    }
  }

  private static List<Label> at(long millis) {
    return List.of(Label.of("time", millis, "milliseconds"));
  }
}
