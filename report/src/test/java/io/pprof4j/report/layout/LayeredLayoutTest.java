// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.report.layout.Layout.Point;
import io.pprof4j.report.layout.LayoutGraph.Edge;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayeredLayoutTest {
  private static final Size BOX = new Size(60, 36);
  private static final Size LABEL = new Size(40, 18);

  /** Graphs with few crossings differ from dot's by chance. */
  private static final int FEW_CROSSINGS = 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compiler-80",
        "compiler-500",
        "checker-80",
        "checker-500",
        "wide-80",
        "service-80",
        "labels",
        "basic"
      })
  void drawsNearlyAsFewCrossingsAndNoMoreLengthThanRecordedOfDot(String name) throws IOException {
    LayoutGraph graph = TestGraphs.recorded(name);
    Properties dot = new Properties();
    try (InputStream in = getClass().getResourceAsStream("/layout/dot.properties");
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      dot.load(reader);
    }

    Quality ours = Quality.of(graph, LayeredLayout.of(graph));

    assertThat(ours.overlaps()).isZero();
    assertThat(ours.throughNodes()).isZero();
    assertNotWorse(
        ours,
        Double.parseDouble(dot.getProperty(name + ".crossings")),
        Double.parseDouble(dot.getProperty(name + ".length")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compiler-80", "compiler-500", "service-80"})
  void drawsNearlyAsFewCrossingsAndNoMoreLengthThanTheInstalledDot(String name) throws IOException {
    assumeTrue(Dot.isInstalled(), "Graphviz dot is NOT installed: not compared with it");
    LayoutGraph graph = TestGraphs.recorded(name);

    Quality ours = Quality.of(graph, LayeredLayout.of(graph));
    Quality dots = Quality.of(graph, Dot.layout(graph));

    assertNotWorse(ours, dots.crossings(), dots.length());
  }

  private static void assertNotWorse(Quality ours, double crossings, double length) {
    assertThat((double) ours.crossings())
        .as("crossings")
        .isLessThanOrEqualTo(Math.max(1.1 * crossings, crossings + FEW_CROSSINGS));
    assertThat(ours.length()).as("length").isLessThanOrEqualTo(1.2 * length);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepsNodesApartAndEdgesOffNodesInAnyGraph(long seed) {
    LayoutGraph graph = randomGraph(seed);

    Layout layout = LayeredLayout.of(graph);

    Quality quality = Quality.of(graph, layout);
    assertThat(quality.overlaps()).isZero();
    assertThat(quality.throughNodes()).isZero();
    assertThat(labelsOnNodes(graph, layout)).isZero();
    assertEdgesJoinTheirNodes(graph, layout);
    assertThat(LayeredLayout.of(graph)).isEqualTo(layout);
  }

  /** Cycles, loops, parallel edges, several parts, single nodes, long and unlabelled edges. */
  private static LayoutGraph randomGraph(long seed) {
    Random random = new Random(seed);
    int count = 5 + random.nextInt(60);
    List<Size> nodes = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      nodes.add(new Size(20 + random.nextInt(200), 10 + random.nextInt(90)));
    }
    List<Edge> edges = new ArrayList<>();
    for (int edge = 0; edge < count + random.nextInt(count); edge++) {
      int from = random.nextInt(count);
      int to = random.nextInt(3) == 0 ? from / 2 : random.nextInt(count);
      Size label = seed % 2 == 0 && random.nextBoolean() ? LABEL : Size.NONE;
      edges.add(new Edge(from, to, 1 + random.nextInt(100), 1 + random.nextInt(3), label));
    }
    return new LayoutGraph(nodes, edges);
  }

  private static int labelsOnNodes(LayoutGraph graph, Layout layout) {
    int count = 0;
    for (int edge = 0; edge < graph.edges().size(); edge++) {
      Size size = graph.edges().get(edge).label();
      assertThat(layout.edges().get(edge).label().isPresent()).isEqualTo(size.width() > 0);
      if (size.width() > 0) {
        Point label = layout.edges().get(edge).label().orElseThrow();
        for (int node = 0; node < graph.nodes().size(); node++) {
          Point center = layout.nodes().get(node);
          Size box = graph.nodes().get(node);
          boolean beside = Math.abs(label.x() - center.x()) > (size.width() + box.width()) / 2 - 2;
          boolean apart = Math.abs(label.y() - center.y()) > (size.height() + box.height()) / 2 - 2;
          count += beside || apart ? 0 : 1;
        }
      }
    }
    return count;
  }

  private static void assertEdgesJoinTheirNodes(LayoutGraph graph, Layout layout) {
    for (int edge = 0; edge < graph.edges().size(); edge++) {
      Edge e = graph.edges().get(edge);
      Layout.Arrow arrow = layout.edges().get(edge);
      assertOnOutline(
          arrow.curve().get(0), layout.nodes().get(e.from()), graph.nodes().get(e.from()));
      assertOnOutline(arrow.tip(), layout.nodes().get(e.to()), graph.nodes().get(e.to()));
    }
  }

  private static void assertOnOutline(Point point, Point center, Size size) {
    double across = Math.abs(point.x() - center.x()) - size.width() / 2;
    double along = Math.abs(point.y() - center.y()) - size.height() / 2;
    assertThat(Math.max(across, along)).isCloseTo(0, within(1.0));
  }

  @Test
  void drawsTheHotTrunkStraight() {
    // given a chain of heavy edges with a light branch at each node
    List<Edge> edges = new ArrayList<>();
    for (int node = 0; node < 19; node++) {
      edges.add(new Edge(node, node + 1, 90, 1, LABEL));
      edges.add(new Edge(node, 20 + node, 1, 1, LABEL));
      edges.add(new Edge(0, 20 + node, 1, 1, LABEL));
    }
    LayoutGraph graph = new LayoutGraph(Collections.nCopies(39, BOX), edges);

    Layout layout = LayeredLayout.of(graph);

    double trunk = layout.nodes().get(0).x();
    assertThat(layout.nodes().subList(0, 20)).allSatisfy(at -> assertThat(at.x()).isEqualTo(trunk));
    for (int node = 1; node < 20; node++) {
      assertThat(layout.nodes().get(node).y()).isGreaterThan(layout.nodes().get(node - 1).y() + 36);
    }
  }

  @Test
  void drawsAPlanarTreeWithoutCrossings() {
    List<Edge> edges = new ArrayList<>();
    for (int node = 1; node < 63; node++) {
      edges.add(new Edge((node - 1) / 2, node, 1, 1, Size.NONE));
    }
    LayoutGraph graph = new LayoutGraph(Collections.nCopies(63, BOX), edges);

    Quality quality = Quality.of(graph, LayeredLayout.of(graph));

    assertThat(quality.crossings()).isZero();
  }

  @Test
  void placesAGraphWithoutNodes() {
    assertThat(LayeredLayout.of(new LayoutGraph(List.of(), List.of())).nodes()).isEmpty();
  }

  @Test
  void endsInTimeOnGraphsThatAreLargeOrHostile() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          assertThat(LayeredLayout.of(TestGraphs.callGraph(2000, 4000, 1)).nodes()).hasSize(2000);
          assertThat(LayeredLayout.of(complete(60)).nodes()).hasSize(60);
          assertThat(LayeredLayout.of(path(5000)).height()).isGreaterThan(5000 * 36);
          assertThat(LayeredLayout.of(star(3000)).nodes()).hasSize(3000);
        });
  }

  private static LayoutGraph complete(int count) {
    List<Edge> edges = new ArrayList<>();
    for (int from = 0; from < count; from++) {
      for (int to = 0; to < count; to++) {
        edges.add(new Edge(from, to, 1, 1, Size.NONE));
      }
    }
    return new LayoutGraph(Collections.nCopies(count, BOX), edges);
  }

  private static LayoutGraph path(int count) {
    List<Edge> edges = new ArrayList<>();
    for (int node = 1; node < count; node++) {
      edges.add(new Edge(node - 1, node, 1, 1, LABEL));
    }
    return new LayoutGraph(Collections.nCopies(count, BOX), edges);
  }

  private static LayoutGraph star(int count) {
    List<Edge> edges = new ArrayList<>();
    for (int node = 1; node < count; node++) {
      edges.add(new Edge(0, node, 1, 1, LABEL));
    }
    return new LayoutGraph(Collections.nCopies(count, BOX), edges);
  }
}
