// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.profile.Interrupts;
import java.util.Arrays;
import java.util.Comparator;

/** Moves nodes and whole edges past each other so that few edges cross. */
final class ChainSifter {
  /*
   * "Global sifting" of Bachmaier, Brandenburg, Brunner and Hübner ("Global k-level crossing
   * reduction", Journal of Graph Algorithms and Applications 15/5, 2011). A block is a node, or the
   * virtual nodes of one edge, which thus runs straight; all blocks of a connected part stand in one
   * row, which orders every rank. A block is tried at every place of that row. When it passes
   * another one, crossings change only at the ends of the two that lie within the ranks of the
   * other, so a pass along the row costs little more than a look at each block. Orders of single
   * ranks cannot bring a long edge from one side of the drawing to the other; this can.
   */
  private static final int MAX_ROUNDS = 10;

  private final Layers layers;
  private final int[] blockOf;
  private final int[] top;
  private final int[] bottom;

  /** The blocks above and below each block, in the order of {@link #place}. */
  private final int[][] above;

  private final int[][] below;

  private final int[] row;
  private final int[] place;
  private long work;

  /**
   * Begins with an order.
   *
   * @param order the nodes of a connected part by rank
   */
  ChainSifter(Layers layers, int[][] order) {
    this.layers = layers;
    blockOf = new int[layers.count];
    int blocks = number(order);
    top = new int[blocks];
    bottom = new int[blocks];
    above = new int[blocks][];
    below = new int[blocks][];
    place = new int[blocks];
    measure(order);
    row = firstRow(order);
    for (int at = 0; at < blocks; at++) {
      place[row[at]] = at;
    }
    for (int block = 0; block < blocks; block++) {
      sort(above[block]);
      sort(below[block]);
    }
  }

  private int number(int[][] order) {
    Arrays.fill(blockOf, -1);
    int blocks = 0;
    for (int[] layer : order) {
      for (int node : layer) {
        if (blockOf[node] < 0) {
          int edge = layers.edgeOf[node];
          if (edge < 0) {
            blockOf[node] = blocks;
          } else {
            int[] chain = layers.chains[edge];
            for (int link = 1; link < chain.length - 1; link++) {
              blockOf[chain[link]] = blocks;
            }
          }
          blocks++;
        }
      }
    }
    return blocks;
  }

  private void measure(int[][] order) {
    Arrays.fill(top, -1);
    for (int r = 0; r < order.length; r++) {
      for (int node : order[r]) {
        int block = blockOf[node];
        if (top[block] < 0) {
          top[block] = r;
          above[block] = blocks(layers.above[node]);
        }
        bottom[block] = r;
        below[block] = blocks(layers.below[node]);
      }
    }
  }

  private int[] blocks(int[] nodes) {
    int[] result = new int[nodes.length];
    for (int index = 0; index < nodes.length; index++) {
      result[index] = blockOf[nodes[index]];
    }
    return result;
  }

  /** By how far to the right the nodes of a block stand in their ranks, on average. */
  private int[] firstRow(int[][] order) {
    double[] sum = new double[top.length];
    Integer[] blocks = new Integer[top.length];
    for (int block = 0; block < blocks.length; block++) {
      blocks[block] = block;
    }
    for (int[] layer : order) {
      for (int index = 0; index < layer.length; index++) {
        sum[blockOf[layer[index]]] += (index + 0.5) / layer.length;
      }
    }
    Arrays.sort(
        blocks,
        Comparator.comparingDouble((Integer block) -> sum[block] / (bottom[block] - top[block] + 1))
            .thenComparingInt(block -> block));
    int[] result = new int[blocks.length];
    for (int at = 0; at < result.length; at++) {
      result[at] = blocks[at];
    }
    return result;
  }

  /** Insertion, as the lists are short and nearly sorted. */
  private void sort(int[] blocks) {
    for (int index = 1; index < blocks.length; index++) {
      int block = blocks[index];
      int slot = index;
      while (slot > 0 && place[blocks[slot - 1]] > place[block]) {
        blocks[slot] = blocks[slot - 1];
        slot--;
      }
      blocks[slot] = block;
    }
  }

  /**
   * Sifts until nothing improves.
   *
   * @param maxWork how many blocks may be looked at
   * @return what is left of it
   */
  long run(long maxWork) {
    work = maxWork;
    boolean improved = true;
    for (int round = 0; round < MAX_ROUNDS && improved && work > 0; round++) {
      improved = false;
      for (int block = 0; block < row.length && work > 0; block++) {
        Interrupts.check(block);
        improved |= sift(block);
      }
    }
    return work;
  }

  /** The nodes of each rank in the order of their blocks. */
  int[][] order(int[][] nodesByRank) {
    int[][] result = new int[nodesByRank.length][];
    for (int r = 0; r < result.length; r++) {
      long[] keys = new long[nodesByRank[r].length];
      for (int index = 0; index < keys.length; index++) {
        int node = nodesByRank[r][index];
        keys[index] = (long) place[blockOf[node]] << Integer.SIZE | node;
      }
      Arrays.sort(keys);
      result[r] = new int[keys.length];
      for (int index = 0; index < keys.length; index++) {
        result[r][index] = (int) keys[index];
      }
    }
    return result;
  }

  private boolean sift(int block) {
    int from = place[block];
    int change = 0;
    int least = 0;
    int to = 0;
    int atFrom = 0;
    int leftAbove = 0;
    int leftBelow = 0;
    int[] ownAbove = above[block];
    int[] ownBelow = below[block];
    int first = top[block];
    int last = bottom[block];
    work -= row.length / 4;
    for (int at = 0; at < row.length; at++) {
      int other = row[at];
      if (at == from) {
        atFrom = change;
        continue;
      }
      int otherFirst = top[other];
      int otherLast = bottom[other];
      if (otherLast < first || otherFirst > last) {
        continue;
      }
      work--;
      if (first == otherFirst) {
        change += ofPassing(ownAbove, above[other]);
      } else if (first > otherFirst) {
        while (leftAbove < ownAbove.length && place[ownAbove[leftAbove]] < at) {
          leftAbove++;
        }
        change += 2 * leftAbove - ownAbove.length;
      } else {
        change += rightLessLeft(above[other], at);
      }
      if (last == otherLast) {
        change += ofPassing(ownBelow, below[other]);
      } else if (last < otherLast) {
        while (leftBelow < ownBelow.length && place[ownBelow[leftBelow]] < at) {
          leftBelow++;
        }
        change += 2 * leftBelow - ownBelow.length;
      } else {
        change += rightLessLeft(below[other], at);
      }
      if (change < least) {
        least = change;
        to = at < from ? at + 1 : at;
      }
    }
    if (least < atFrom) {
      move(block, to);
    }
    return least < atFrom;
  }

  /** How crossings change when a block comes from the left of another to its right. */
  private int ofPassing(int[] own, int[] others) {
    work -= own.length + others.length;
    int sum = 0;
    int less = 0;
    int notGreater = 0;
    for (int block : own) {
      int at = place[block];
      while (less < others.length && place[others[less]] < at) {
        less++;
      }
      notGreater = Math.max(notGreater, less);
      while (notGreater < others.length && place[others[notGreater]] <= at) {
        notGreater++;
      }
      sum += others.length - notGreater - less;
    }
    return sum;
  }

  private int rightLessLeft(int[] blocks, int at) {
    int left = 0;
    while (left < blocks.length && place[blocks[left]] < at) {
      left++;
    }
    return blocks.length - 2 * left;
  }

  private void move(int block, int to) {
    int from = place[block];
    if (to < from) {
      System.arraycopy(row, to, row, to + 1, from - to);
    } else {
      System.arraycopy(row, from + 1, row, from, to - from);
    }
    row[to] = block;
    for (int at = Math.min(from, to); at <= Math.max(from, to); at++) {
      place[row[at]] = at;
    }
    for (int neighbour : above[block]) {
      sort(below[neighbour]);
    }
    for (int neighbour : below[block]) {
      sort(above[neighbour]);
    }
  }
}
