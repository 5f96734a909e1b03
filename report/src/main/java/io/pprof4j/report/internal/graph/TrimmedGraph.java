// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.report.internal.request.Shown;

/**
 * A graph as a report shows it.
 *
 * @param graph the nodes in order, and the edges that are not removed
 * @param dropped what was left out
 * @param labels the labels of the nodes, for pictures
 */
public record TrimmedGraph(Graph graph, Dropped dropped, NodeLabels labels) {
  /** How much of the profile it shows. */
  public Shown shown() {
    return new Shown(
        graph.shownFlat(),
        graph.shown.length,
        dropped.candidates(),
        dropped.nodes(),
        dropped.edges());
  }

  /**
   * What was left out.
   *
   * @param candidates nodes that were heavy enough to be shown
   * @param nodes nodes that were too light
   * @param edges edges that were too light
   */
  public record Dropped(int candidates, int nodes, int edges) {}
}
