// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A graph ready to be drawn: all texts, sizes and colours are settled, only positions are missing.
 * Both the DOT printer and the writers of pictures read it. Nothing in it is escaped, and it has no
 * links and no markup.
 *
 * @param title the graph's name
 * @param legend the lines of the legend box; empty for none
 * @param nodes the boxes, in drawing order
 * @param edges the arrows; their order is a hint to the layout, most important first
 */
public record DrawGraph(
    String title, List<String> legend, List<DrawNode> nodes, List<DrawEdge> edges) {
  /** Copies the lists; refuses edges whose ends are not nodes of the graph. */
  public DrawGraph {
    requireNonNull(title, "title");
    legend = List.copyOf(legend);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    for (DrawEdge edge : edges) {
      if (!isNode(edge.from(), nodes) || !isNode(edge.to(), nodes)) {
        throw new IllegalArgumentException(
            "edge %d -> %d leaves the %d nodes".formatted(edge.from(), edge.to(), nodes.size()));
      }
    }
  }

  private static boolean isNode(int node, List<DrawNode> nodes) {
    return node >= 0 && node < nodes.size();
  }
}
