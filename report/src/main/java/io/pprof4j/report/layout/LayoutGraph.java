// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.List;

/**
 * What {@link LayeredLayout} places: boxes and the arrows between them. Lengths are in points (1/72
 * inch).
 *
 * @param nodes the boxes
 * @param edges the arrows
 */
public record LayoutGraph(List<Size> nodes, List<Edge> edges) {
  /** The greatest weight of an edge; heavier ones count as this. */
  public static final int MAX_WEIGHT = 1000;

  /** The greatest {@link Edge#minLen}; more ranks than this are never forced between two nodes. */
  public static final int MAX_MIN_LEN = 16;

  /** The greatest width or height; larger boxes are refused. */
  public static final double MAX_LENGTH = 100_000;

  /**
   * Width and height.
   *
   * @param width in points
   * @param height in points
   */
  public record Size(double width, double height) {
    /** Nothing to show. */
    public static final Size NONE = new Size(0, 0);

    /** Refuses lengths that are negative, not finite or over {@link #MAX_LENGTH}. */
    public Size {
      if (!(width >= 0 && width <= MAX_LENGTH && height >= 0 && height <= MAX_LENGTH)) {
        throw new IllegalArgumentException(
            "size %s x %s is not within 0 to %s".formatted(width, height, MAX_LENGTH));
      }
    }

    boolean isEmpty() {
      return width == 0 || height == 0;
    }
  }

  /**
   * One arrow.
   *
   * @param from index of the source node
   * @param to index of the target node; equal to {@code from} for a loop
   * @param weight how strongly the edge is kept short and straight; brought into 1 to {@link
   *     #MAX_WEIGHT}
   * @param minLen the least number of ranks from source to target; brought into 1 to {@link
   *     #MAX_MIN_LEN}, so that an edge never runs inside a rank
   * @param label the room its label takes
   */
  public record Edge(int from, int to, int weight, int minLen, Size label) {
    /** Brings weight and length into their ranges. */
    public Edge {
      weight = Math.max(1, Math.min(weight, MAX_WEIGHT));
      minLen = Math.max(1, Math.min(minLen, MAX_MIN_LEN));
    }
  }

  /** Copies the lists; refuses edges whose ends are not nodes. */
  public LayoutGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    for (Edge edge : edges) {
      if (Math.min(edge.from(), edge.to()) < 0
          || Math.max(edge.from(), edge.to()) >= nodes.size()) {
        throw new IllegalArgumentException(
            "edge %d -> %d leaves the %d nodes".formatted(edge.from(), edge.to(), nodes.size()));
      }
    }
  }
}
