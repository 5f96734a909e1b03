// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.profile.Interrupts;

/**
 * Finds integers {@code value[v]} that minimise the sum of {@code weight * (value[head] -
 * value[tail])} over all edges, where no edge may be shorter than its minimal length.
 */
final class NetworkSimplex {
  /*
   * The network simplex method as Gansner, Koutsofios, North and Vo describe it for dot ("A
   * technique for drawing directed graphs", 1993): a spanning tree of tight edges determines the
   * values; a tree edge with a negative cut value is exchanged for the edge of least slack that
   * crosses the cut the other way, until no cut value is negative.
   *
   * Nodes of the tree carry postorder numbers, so that a subtree is a range [low, lim] of `order`.
   * Whatever has to visit one side of a cut visits the smaller one: the range or its complement.
   * The values are feasible at every moment, so the work can be cut off anywhere; the result is
   * then valid, only not the best.
   */
  private static final int SEARCH_SIZE = 30;

  private final SpanningTree tree;
  private final int[] tail;
  private final int[] head;
  private final int[] value;
  private final long[] cut;
  private long work;
  private int searchFrom;

  private NetworkSimplex(SpanningTree tree, long maxWork) {
    this.tree = tree;
    this.tail = tree.edges.tail();
    this.head = tree.edges.head();
    this.value = tree.value;
    this.cut = new long[tree.edges.count()];
    this.work = maxWork;
  }

  /**
   * Improves {@code value}, which must be feasible and whose graph must be connected.
   *
   * @param maxWork how many visits of nodes the search may cost
   */
  static void minimize(Constraints edges, int[] value, long maxWork) {
    solve(edges, value, maxWork);
  }

  /** As {@link #minimize}, then centres whatever can move between two bounds at no cost. */
  static void minimizeAndCenter(Constraints edges, int[] value, long maxWork) {
    NetworkSimplex simplex = solve(edges, value, maxWork);
    if (simplex.work > 0) {
      simplex.work = Math.max(simplex.work, maxWork / 4);
      simplex.center();
    }
  }

  private static NetworkSimplex solve(Constraints edges, int[] value, long maxWork) {
    NetworkSimplex simplex = new NetworkSimplex(SpanningTree.tight(edges, value), maxWork);
    simplex.initCutValues();
    for (int edge = simplex.leaving(); edge >= 0 && simplex.work > 0; edge = simplex.leaving()) {
      Interrupts.check(0);
      simplex.exchange(edge, simplex.entering(edge));
    }
    return simplex;
  }

  /** The cut value of a tree edge is the signed weight that leaves the subtree below it. */
  private void initCutValues() {
    int nodes = value.length;
    long[] sum = new long[nodes];
    for (int edge = 0; edge < tail.length; edge++) {
      sum[tail[edge]] += tree.edges.weight()[edge];
      sum[head[edge]] -= tree.edges.weight()[edge];
    }
    for (int number = 0; number < nodes - 1; number++) {
      int node = tree.order[number];
      int edge = tree.parentEdge[node];
      cut[edge] = tail[edge] == node ? sum[node] : -sum[node];
      sum[tree.parent(node)] += sum[node];
    }
  }

  /** A tree edge whose cut value is negative, or -1; looks at {@link #SEARCH_SIZE} of them. */
  private int leaving() {
    int best = -1;
    int found = 0;
    int count = tree.treeEdge.length;
    int step = 0;
    for (; step < count && found < SEARCH_SIZE; step++) {
      int edge = tree.treeEdge[searchFrom];
      searchFrom = searchFrom + 1 == count ? 0 : searchFrom + 1;
      if (cut[edge] < 0) {
        found++;
        if (best < 0 || cut[edge] < cut[best]) {
          best = edge;
        }
      }
    }
    // Looking at an edge costs far less than visiting a node.
    work -= step / 8;
    return best;
  }

  /** The edge of least slack that runs against tree edge {@code leaving} across its cut, or -1. */
  private int entering(int leaving) {
    int below = tree.lowerEnd(leaving);
    // The subtree is the head's side if its root is the edge's head; then edges leave the subtree.
    boolean outward = head[leaving] == below;
    int low = tree.low[below];
    int lim = tree.lim[below];
    int best = -1;
    if (2 * (lim - low + 1) <= value.length) {
      best = leastSlack(low, lim, new Side(low, lim, true, outward), best);
    } else {
      Side outside = new Side(low, lim, false, !outward);
      best = leastSlack(0, low - 1, outside, best);
      best = leastSlack(lim + 1, value.length - 1, outside, best);
    }
    return best;
  }

  /**
   * Where to look for an entering edge.
   *
   * @param inside whether the nodes looked at are those of the range
   * @param outward whether the edge must have its tail at the node looked at
   */
  private record Side(int low, int lim, boolean inside, boolean outward) {}

  private int leastSlack(int from, int to, Side side, int best) {
    int least = best < 0 ? Integer.MAX_VALUE : tree.slack(best);
    work -= to - from + 1;
    int[] near = side.outward ? tail : head;
    int[] far = side.outward ? head : tail;
    for (int number = from; number <= to && least > 0; number++) {
      int node = tree.order[number];
      // Tree edges stand first and cannot enter.
      for (int slot = tree.firstNonTree(node); slot < tree.end(node); slot++) {
        int edge = tree.incident[slot];
        if (near[edge] == node) {
          int other = tree.lim[far[edge]];
          boolean otherInside = other >= side.low && other <= side.lim;
          if (otherInside != side.inside && tree.slack(edge) < least) {
            least = tree.slack(edge);
            best = edge;
          }
        }
      }
    }
    return best;
  }

  private void exchange(int leaving, int entering) {
    if (entering < 0) {
      throw new IllegalStateException("the sum has no minimum: edge " + leaving);
    }
    int slack = tree.slack(entering);
    if (slack > 0) {
      int below = tree.lowerEnd(leaving);
      shift(below, head[leaving] == below ? slack : -slack);
    }
    long change = cut[leaving];
    int top = updateCuts(tail[entering], head[entering], change, true);
    int check = updateCuts(head[entering], tail[entering], change, false);
    if (top != check) {
      throw new IllegalStateException("the tree is broken at edge " + entering);
    }
    cut[entering] = -change;
    cut[leaving] = 0;
    tree.exchange(leaving, entering, top);
    work -= tree.lim[top] - tree.low[top] + 1;
  }

  /** Adds {@code delta} to the subtree of {@code root}, or takes it from all other nodes. */
  private void shift(int root, int delta) {
    int low = tree.low[root];
    int lim = tree.lim[root];
    if (2 * (lim - low + 1) <= value.length) {
      add(low, lim, delta);
    } else {
      add(0, low - 1, -delta);
      add(lim + 1, value.length - 1, -delta);
    }
  }

  private void add(int from, int to, int delta) {
    for (int number = from; number <= to; number++) {
      value[tree.order[number]] += delta;
    }
  }

  /** Follows the tree from {@code node} upwards until {@code other} is below; returns the top. */
  private int updateCuts(int node, int other, long change, boolean fromTail) {
    while (!tree.isBelow(other, node)) {
      int edge = tree.parentEdge[node];
      boolean upward = tail[edge] == node;
      cut[edge] += upward == fromTail ? change : -change;
      node = tree.parent(node);
    }
    return node;
  }

  /** Moves each side of a cut of value zero to the middle of its room; costs nothing. */
  private void center() {
    for (int edge : tree.treeEdge) {
      if (cut[edge] == 0 && work > 0) {
        int entering = entering(edge);
        if (entering >= 0 && tree.slack(entering) > 1) {
          int below = tree.lowerEnd(edge);
          int half = tree.slack(entering) / 2;
          shift(below, head[edge] == below ? half : -half);
        }
      }
    }
  }
}
