// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.layout.LayoutGraph.Edge;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainSifterTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void neverHasMoreCrossingsThanTheRowItBeganWith(long seed) {
    Layers layers = layers(TestGraphs.callGraph(40, 90, seed));
    int[][] order = whole(layers);
    ChainSifter sifter = new ChainSifter(layers, order);
    long before = count(layers, sifter.order(order));

    sifter.run(1_000_000);

    long after = count(layers, sifter.order(order));
    assertThat(after).isLessThan(before);
    // and where nothing improves any more, nothing moves
    sifter.run(1_000_000);
    assertThat(count(layers, sifter.order(order))).isLessThanOrEqualTo(after);
  }

  @Test
  void bringsALongEdgeToItsOwnSide() {
    // given two paths from one node, and an edge from the second's first node to the first's last
    List<Edge> edges = new ArrayList<>();
    for (int node = 1; node < 10; node++) {
      edges.add(new Edge(node - 1, node, 1, 1, Size.NONE));
      edges.add(new Edge(node == 1 ? 0 : 8 + node, 9 + node, 1, 1, Size.NONE));
    }
    edges.add(new Edge(10, 9, 1, 1, Size.NONE));
    LayoutGraph graph = new LayoutGraph(Collections.nCopies(19, new Size(60, 36)), edges);
    Layers layers = layers(graph);
    int[][] order = whole(layers);
    assertThat(count(layers, order)).as("before").isPositive();
    ChainSifter sifter = new ChainSifter(layers, order);

    sifter.run(1_000_000);

    assertThat(count(layers, sifter.order(order))).isZero();
  }

  @Test
  void keepsEveryNodeInItsRank() {
    Layers layers = layers(TestGraphs.callGraph(60, 150, 3));
    int[][] order = whole(layers);
    ChainSifter sifter = new ChainSifter(layers, order);

    sifter.run(1_000_000);

    int[][] sifted = sifter.order(order);
    for (int rank = 0; rank < order.length; rank++) {
      assertThat(sifted[rank]).containsExactlyInAnyOrder(order[rank]);
    }
  }

  @Test
  void stopsWhereTheWorkRunsOut() {
    Layers layers = layers(TestGraphs.callGraph(400, 900, 1));
    int[][] order = whole(layers);

    long left = new ChainSifter(layers, order).run(10_000);

    assertThat(left).isBetween(-20_000L, 0L);
  }

  private static Layers layers(LayoutGraph graph) {
    boolean[] reversed = CycleBreaker.reversedEdges(graph);
    return new Layers(graph, reversed, Ranking.ranks(graph, reversed, 2));
  }

  /** The ranks of a graph that is connected. */
  private static int[][] whole(Layers layers) {
    assertThat(layers.parts()).hasSize(1);
    int[][] order = new int[layers.order.length][];
    for (int rank = 0; rank < order.length; rank++) {
      order[rank] = layers.order[rank].clone();
    }
    return order;
  }

  private static long count(Layers layers, int[][] order) {
    for (int[] layer : order) {
      for (int index = 0; index < layer.length; index++) {
        layers.position[layer[index]] = index;
      }
    }
    return new Crossings(layers, order).count();
  }
}
