// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.profile.Interrupts;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Orders the nodes within their ranks so that few edges cross. */
final class CrossingReducer {
  /*
   * Weighted medians and transposition as in Gansner et al. (1993): sweeps down and up give each
   * node the median position of its neighbours in the rank before; after each sweep neighbours
   * change places as long as that removes crossings. Several first orders are tried, and the best
   * order seen is kept. Then whole edges are moved (ChainSifter), and sifting finishes: each node is
   * tried at every place of its rank.
   */
  private static final int SWEEPS = 24;
  private static final int PATIENCE = 8;
  private static final int RETRY_PATIENCE = 2;
  private static final double PROGRESS = 0.995;
  private static final int RETRIES = 16;

  /** An order with this many times the least crossings is not worth finishing. */
  private static final double NEARLY = 1.05;

  private static final long RETRY_WORK = 3_000_000;

  /** Medians are compared to this fraction; ties have the lower bits of a sort key. */
  private static final int MEDIAN_PARTS = 256;

  private static final int TIE_BITS = 24;

  private final Layers layers;
  private final int[][] order;
  private final int[] position;
  private final Crossings crossings;
  private final double[] median;
  private int[][] best;
  private long bestCount;
  private int[][] least;
  private long leastCount;
  private long work;

  private CrossingReducer(Layers layers, int[][] order, long work) {
    this.layers = layers;
    this.order = order;
    this.position = layers.position;
    this.median = new double[layers.count];
    this.work = work;
    this.crossings = new Crossings(layers, order);
    this.best = copy(order);
    this.bestCount = Long.MAX_VALUE;
    this.least = best;
    this.leastCount = Long.MAX_VALUE;
  }

  /** Sets {@link Layers#order}; parts that are not connected are put side by side. */
  static void reduce(Layers layers, long maxWork) {
    int[] filled = new int[layers.order.length];
    int[][] result = new int[layers.order.length][];
    for (int r = 0; r < result.length; r++) {
      result[r] = new int[layers.order[r].length];
    }
    for (int[] part : layers.parts()) {
      long share = (long) ((double) maxWork * part.length / layers.count);
      int[][] ordered = orderPart(layers, part, share);
      for (int r = 0; r < ordered.length; r++) {
        System.arraycopy(ordered[r], 0, result[r], filled[r], ordered[r].length);
        filled[r] += ordered[r].length;
      }
    }
    System.arraycopy(result, 0, layers.order, 0, result.length);
    layers.updatePositions();
  }

  private static int[][] orderPart(Layers layers, int[] part, long work) {
    int depth = 0;
    for (int node : part) {
      depth = Math.max(depth, layers.rank[node] + 1);
    }
    CrossingReducer reducer = new CrossingReducer(layers, new int[depth][], work);
    if (part.length == 1) {
      return FirstOrder.BREADTH_FROM_TOP.of(layers, part, depth);
    }
    int shares = FirstOrder.values().length + 2;
    for (FirstOrder first : FirstOrder.values()) {
      if (reducer.bestCount > 0 && (reducer.work > 0 || reducer.bestCount == Long.MAX_VALUE)) {
        reducer.start(first.of(layers, part, depth));
        reducer.sweep(shares--, PATIENCE);
      }
    }
    reducer.start(reducer.best);
    reducer.sweep(shares, PATIENCE);
    reducer.siftChains();
    reducer.start(reducer.best);
    reducer.sift();
    reducer.forgetBest();
    reducer.retry(part);
    return reducer.best;
  }

  /**
   * Starts again from shuffled orders, which brings small graphs a few per cent; for large ones the
   * work is not enough to get anywhere, nor would it be worth the wait.
   */
  private void retry(int[] part) {
    Random random = new Random(part.length);
    List<FirstOrder> orders = List.of(FirstOrder.values());
    work = Math.min(work, RETRY_WORK);
    for (int round = 0; round < RETRIES && work > 0 && leastCount > 0; round++) {
      FirstOrder first = orders.get(round % orders.size());
      forgetBest();
      start(first.shuffled(layers, part, order.length, random));
      sweep(RETRIES - round, RETRY_PATIENCE);
      siftChains();
      if (bestCount < leastCount * NEARLY) {
        start(best);
        sift();
      }
    }
    restoreLeast();
  }

  private void start(int[][] first) {
    for (int r = 0; r < order.length; r++) {
      order[r] = first[r].clone();
      place(r);
    }
    keepIfBest();
  }

  private void place(int r) {
    for (int index = 0; index < order[r].length; index++) {
      position[order[r][index]] = index;
    }
  }

  /** Sweeps down and up by turns, spending at most one of {@code shares} of the work left. */
  private void sweep(int shares, int maxPatience) {
    long reserve = work - work / shares;
    int patience = maxPatience;
    for (int pass = 0; pass < SWEEPS && patience > 0 && bestCount > 0 && work > reserve; pass++) {
      boolean reverse = pass % 4 < 2;
      boolean down = pass % 2 == 0;
      for (int step = 1; step < order.length; step++) {
        orderByMedians(down ? step : order.length - 1 - step, down, reverse);
      }
      transpose(!reverse, reserve);
      long before = bestCount;
      keepIfBest();
      patience = bestCount < before * PROGRESS ? maxPatience : patience - 1;
    }
  }

  private void keepIfBest() {
    long now = crossings.count();
    work -= crossings.cost();
    if (now < bestCount) {
      bestCount = now;
      best = copy(order);
    }
  }

  /** Puts the best order aside, so that a new start is not measured by it. */
  private void forgetBest() {
    if (bestCount < leastCount) {
      leastCount = bestCount;
      least = best;
    }
    bestCount = Long.MAX_VALUE;
  }

  private void restoreLeast() {
    forgetBest();
    best = least;
    bestCount = leastCount;
  }

  private static int[][] copy(int[][] order) {
    int[][] result = new int[order.length][];
    for (int r = 0; r < order.length; r++) {
      result[r] = order[r] == null ? new int[0] : order[r].clone();
    }
    return result;
  }

  private void orderByMedians(int r, boolean down, boolean reverse) {
    int[] layer = order[r];
    int movable = 0;
    int[] slots = new int[layer.length];
    long[] keys = new long[layer.length];
    for (int index = 0; index < layer.length; index++) {
      int[] fixed = down ? layers.above[layer[index]] : layers.below[layer[index]];
      work -= fixed.length + 1;
      if (fixed.length > 0) {
        median[layer[index]] = median(fixed);
        slots[movable++] = index;
      }
    }
    // Ties keep their order or turn it, by turns: both are worth trying.
    for (int slot = 0; slot < movable; slot++) {
      long tie = reverse ? layer.length - 1L - slots[slot] : slots[slot];
      keys[slot] = (long) (median[layer[slots[slot]]] * MEDIAN_PARTS) << TIE_BITS | tie;
    }
    Arrays.sort(keys, 0, movable);
    int[] before = layer.clone();
    for (int slot = 0; slot < movable; slot++) {
      int tie = (int) (keys[slot] & ((1L << TIE_BITS) - 1));
      layer[slots[slot]] = before[reverse ? layer.length - 1 - tie : tie];
    }
    place(r);
  }

  /** The median position; between two middle ones it leans to the side that is more crowded. */
  private double median(int[] nodes) {
    int count = nodes.length;
    if (count == 1) {
      return position[nodes[0]];
    }
    int[] at = new int[count];
    for (int index = 0; index < count; index++) {
      at[index] = position[nodes[index]];
    }
    Arrays.sort(at);
    int middle = count / 2;
    if (count % 2 == 1) {
      return at[middle];
    }
    if (count == 2) {
      return (at[0] + at[1]) / 2.0;
    }
    double leftSpan = at[middle - 1] - at[0];
    double rightSpan = at[count - 1] - at[middle];
    if (leftSpan + rightSpan == 0) {
      return (at[middle - 1] + at[middle]) / 2.0;
    }
    return (at[middle - 1] * rightSpan + at[middle] * leftSpan) / (leftSpan + rightSpan);
  }

  private void transpose(boolean reverse, long reserve) {
    boolean[] candidate = new boolean[order.length];
    Arrays.fill(candidate, true);
    boolean improved = true;
    while (improved && work > reserve) {
      Interrupts.check(0);
      improved = false;
      for (int r = 0; r < order.length; r++) {
        if (candidate[r]) {
          candidate[r] = false;
          int change = transposeRank(r, reverse);
          if (change > 0) {
            improved = true;
          }
          if (change != 0) {
            for (int near = Math.max(0, r - 1); near <= Math.min(order.length - 1, r + 1); near++) {
              candidate[near] = true;
            }
          }
        }
      }
      // Equal exchanges could go on for ever; they are made once.
      reverse = false;
    }
  }

  /**
   * Exchanges neighbours once along a rank: 0 no change, negative only equal ones, positive better.
   */
  private int transposeRank(int r, boolean reverse) {
    int[] layer = order[r];
    work -= crossings.sortNeighbours(r);
    int change = 0;
    for (int index = 0; index + 1 < layer.length; index++) {
      int one = layer[index];
      int other = layer[index + 1];
      int now = crossings.between(one, other);
      if (now > 0) {
        int then = crossings.between(other, one);
        if (then < now || (reverse && then == now)) {
          layer[index] = other;
          layer[index + 1] = one;
          change = then < now ? 1 : change == 0 ? -1 : change;
        }
      }
    }
    place(r);
    return change;
  }

  /** Moves whole edges in the best order, which is then the current one. */
  private void siftChains() {
    ChainSifter sifter = new ChainSifter(layers, best);
    work = sifter.run(work);
    start(sifter.order(best));
  }

  private void sift() {
    boolean improved = true;
    while (improved && work > 0 && bestCount > 0) {
      Interrupts.check(0);
      improved = false;
      for (int r = 0; r < order.length && work > 0; r++) {
        improved |= siftRank(r);
      }
      keepIfBest();
    }
  }

  private boolean siftRank(int r) {
    boolean improved = false;
    work -= crossings.sortNeighbours(r);
    for (int node : order[r].clone()) {
      if (work > 0) {
        improved |= siftNode(r, node);
      }
    }
    return improved;
  }

  private boolean siftNode(int r, int node) {
    int[] layer = order[r];
    int from = position[node];
    int bestPlace = from;
    int bestGain = 0;
    int gain = 0;
    for (int index = from - 1; index >= 0; index--) {
      gain += crossings.between(layer[index], node) - crossings.between(node, layer[index]);
      if (gain > bestGain) {
        bestGain = gain;
        bestPlace = index;
      }
    }
    gain = 0;
    for (int index = from + 1; index < layer.length; index++) {
      gain += crossings.between(node, layer[index]) - crossings.between(layer[index], node);
      if (gain > bestGain) {
        bestGain = gain;
        bestPlace = index;
      }
    }
    work -= 2L * layer.length * (1 + layers.above[node].length + layers.below[node].length);
    if (bestPlace < from) {
      System.arraycopy(layer, bestPlace, layer, bestPlace + 1, from - bestPlace);
    } else {
      System.arraycopy(layer, from + 1, layer, from, bestPlace - from);
    }
    layer[bestPlace] = node;
    place(r);
    return bestGain > 0;
  }
}
