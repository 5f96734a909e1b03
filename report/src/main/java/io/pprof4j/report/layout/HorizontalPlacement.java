// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.Arrays;

/** Gives each node its x so that edges are short and straight, and the order of ranks holds. */
final class HorizontalPlacement {
  /*
   * The sum to minimise is that of weight * |x[u] - x[v]| over all segments. As in Gansner et al.
   * (1993) it is a network simplex: each segment becomes a node n with edges n -> u and n -> v, and
   * neighbours in a rank are kept apart by edges without weight. The simplex starts from sweeps
   * that place one rank after the other optimally against its neighbours (RankFitter), which is
   * near the best already: it saves most exchanges, and is what remains where the work runs out.
   */
  private static final int SWEEPS = 12;

  /* Long edges bend only at virtual nodes, so segments between those must be the straightest. */
  private static final int BOTH_REAL = 1;
  private static final int ONE_REAL = 2;
  private static final int BOTH_VIRTUAL = 8;

  private final Layers layers;
  private final double[] x;

  private HorizontalPlacement(Layers layers) {
    this.layers = layers;
    this.x = new double[layers.count];
  }

  /** The x of each node, not below 0. */
  static int[] place(Layers layers, long maxWork) {
    HorizontalPlacement placement = new HorizontalPlacement(layers);
    placement.sweep();
    return placement.simplex(maxWork);
  }

  private int weight(int edge, int one, int other) {
    int factor =
        layers.isVirtual(one)
            ? layers.isVirtual(other) ? BOTH_VIRTUAL : ONE_REAL
            : layers.isVirtual(other) ? ONE_REAL : BOTH_REAL;
    return factor * layers.graph.edges().get(edge).weight();
  }

  private void sweep() {
    for (int[] layer : layers.order) {
      for (int index = 1; index < layer.length; index++) {
        x[layer[index]] = x[layer[index - 1]] + gap(layer[index - 1], layer[index]);
      }
    }
    int ranks = layers.order.length;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int step = 0; step < ranks; step++) {
        int r = sweep % 2 == 0 ? step : ranks - 1 - step;
        // The first sweeps follow one side only, so that the ranks come together at all.
        fit(r, sweep >= 2 || sweep % 2 == 0, sweep >= 2 || sweep % 2 == 1);
      }
    }
  }

  private int gap(int leftNode, int rightNode) {
    return (int) Math.ceil(layers.separation(leftNode, rightNode));
  }

  private void fit(int r, boolean useAbove, boolean useBelow) {
    int[] layer = layers.order[r];
    RankFitter fitter = new RankFitter(layer.length);
    double offset = 0;
    for (int index = 0; index < layer.length; index++) {
      int node = layer[index];
      offset += index == 0 ? 0 : gap(layer[index - 1], node);
      fitter.next(offset);
      if (useAbove) {
        pull(fitter, node, layers.above[node], layers.aboveEdge[node]);
      }
      if (useBelow) {
        pull(fitter, node, layers.below[node], layers.belowEdge[node]);
      }
      if (!fitter.isPulled()) {
        fitter.pull(x[node], 0.01);
      }
    }
    double[] fitted = fitter.fit();
    for (int index = 0; index < layer.length; index++) {
      x[layer[index]] = fitted[index];
    }
  }

  private void pull(RankFitter fitter, int node, int[] neighbours, int[] edges) {
    for (int slot = 0; slot < neighbours.length; slot++) {
      fitter.pull(x[neighbours[slot]], weight(edges[slot], node, neighbours[slot]));
    }
  }

  private int[] simplex(long maxWork) {
    int segments = Arrays.stream(layers.below).mapToInt(nodes -> nodes.length).sum();
    int[] value = new int[layers.count + segments];
    Constraints constraints = new Constraints(2 * segments + layers.count);
    for (int[] layer : layers.order) {
      for (int index = 0; index < layer.length; index++) {
        int node = layer[index];
        value[node] = (int) Math.round(x[node]);
        if (index > 0) {
          int before = layer[index - 1];
          int gap = gap(before, node);
          value[node] = Math.max(value[node], value[before] + gap);
          constraints.add(before, node, gap, 0);
        }
      }
    }
    int joint = layers.count;
    for (int node = 0; node < layers.count; node++) {
      for (int slot = 0; slot < layers.below[node].length; slot++) {
        int other = layers.below[node][slot];
        int weight = weight(layers.belowEdge[node][slot], node, other);
        value[joint] = Math.min(value[node], value[other]);
        constraints.add(joint, node, 0, weight);
        constraints.add(joint++, other, 0, weight);
      }
    }
    NetworkSimplex.minimizeAndCenter(constraints.trim(), value, maxWork);
    return Arrays.copyOf(value, layers.count);
  }
}
