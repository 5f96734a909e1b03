// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Stacks;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The edges between nodes that are kept, summed over a range of stacks. An edge that recurs in a
 * stack counts once.
 */
final class EdgeSums {
  /*
   * Each distinct stack is walked once, from the root to the leaf; stamps with the number of the
   * stack tell which edges it had before. Large profiles are summed in parts, each with a table of
   * its own, since threads that share one wait for each other. The parts are contiguous and joined
   * in order, so edges are numbered as one pass would number them.
   */
  private static final int NONE = -1;

  /** Stacks from which on several threads pay. */
  private static final int PARALLEL_FROM = 1 << 15;

  private final NodeTable table;
  private final Stacks stacks;
  private final StackWeights weights;
  private final KeptNodes kept;
  private final PairNumbers numbers;
  private final Edges edges;

  /** Who wants the sums, whichever thread adds them up, and may be interrupted. */
  private final Thread asker;

  private final int[] locations;

  /** The nodes of a stack, which frames they are counted from the root, and whether inlined. */
  private final int[] met;

  private final int[] position;
  private final boolean[] inlined;

  /** By edge: the number of the stack, plus one, that met it last. */
  private int[] seenIn = new int[64];

  /**
   * Which edges there are.
   *
   * @param kept nodes that have edges, by number; null for all
   * @param ends nodes one of which is an end of each edge, by number; null for all
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Choice(boolean @Nullable [] kept, boolean @Nullable [] ends) {}

  /**
   * The nodes that are kept, numbered from 0.
   *
   * @param numbers by frame; {@link #NONE} for one that is not kept
   * @param nodes the nodes themselves
   * @param ends by number; whether edges from or to the node are asked for, null for all
   * @param endAt the same by location, 1 for yes, where each has one frame and all nodes are kept
   */
  @SuppressWarnings("ArrayRecordComponent") // results of one pass, never compared
  private record KeptNodes(
      int[] numbers, int[] nodes, boolean @Nullable [] ends, byte @Nullable [] endAt) {
    static KeptNodes of(NodeTable table, Choice choice) {
      boolean[] kept = choice.kept;
      int[] numberOfNode = new int[table.size()];
      int[] nodes = new int[table.size()];
      int count = 0;
      for (int node = 0; node < nodes.length; node++) {
        boolean keep = kept == null || kept[node];
        numberOfNode[node] = keep ? count : NONE;
        nodes[count] = node;
        count += keep ? 1 : 0;
      }
      int[] numbers = new int[table.node.length];
      for (int frame = 0; frame < numbers.length; frame++) {
        numbers[frame] = numberOfNode[table.node[frame]];
      }
      nodes = Arrays.copyOf(nodes, count);
      if (choice.ends == null) {
        return new KeptNodes(numbers, nodes, null, null);
      }
      boolean isPlain = kept == null && !table.hasInlines;
      byte[] endAt = isPlain ? bytes(at(table.node, choice.ends)) : null;
      return new KeptNodes(numbers, nodes, at(nodes, choice.ends), endAt);
    }

    private static byte[] bytes(boolean[] flags) {
      byte[] bytes = new byte[flags.length];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (flags[at] ? 1 : 0);
      }
      return bytes;
    }

    private static boolean[] at(int[] nodes, boolean[] ofNode) {
      boolean[] at = new boolean[nodes.length];
      for (int number = 0; number < nodes.length; number++) {
        at[number] = ofNode[nodes[number]];
      }
      return at;
    }
  }

  private EdgeSums(
      NodeTable table, Stacks stacks, StackWeights weights, KeptNodes kept, Thread asker) {
    this.asker = asker;
    this.table = table;
    this.stacks = stacks;
    locations = new int[stacks.maxDepth()];
    int mostFrames = table.framesOfDeepestStack();
    met = new int[mostFrames + 1];
    position = new int[mostFrames + 1];
    inlined = new boolean[mostFrames + 1];
    this.weights = weights;
    this.kept = kept;
    numbers = new PairNumbers(kept.nodes.length, kept.nodes.length);
    edges = numbers.pairs();
  }

  /**
   * The edges that are asked for; one over nodes that are not kept is residual.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  static Edges of(NodeTable table, Stacks stacks, StackWeights weights, Choice choice) {
    KeptNodes nodes = KeptNodes.of(table, choice);
    Thread asker = Thread.currentThread();
    int size = stacks.size();
    int parts = size < PARALLEL_FROM ? 1 : Parts.ofAllProcessors();
    if (parts == 1) {
      return new EdgeSums(table, stacks, weights, nodes, asker).add(0, size).edges();
    }
    List<EdgeSums> sums =
        Parts.compute(
            parts,
            part ->
                new EdgeSums(table, stacks, weights, nodes, asker)
                    .add(Parts.bound(part, parts, size), Parts.bound(part + 1, parts, size)));
    EdgeSums all = sums.get(0);
    sums.subList(1, parts).forEach(all::add);
    return all.edges();
  }

  private EdgeSums add(int fromStack, int toStack) {
    for (int stack = fromStack; stack < toStack; stack++) {
      Interrupts.check(asker, stack);
      if (weights.used[stack]) {
        add(stack);
      }
    }
    return this;
  }

  private void add(int stack) {
    if (kept.endAt != null) {
      addAtEnds(stack, kept.endAt);
      return;
    }
    int count = table.hasInlines ? collectFrames(stack) : collectLocations(stack);
    boolean[] ends = kept.ends;
    for (int at = 1; at < count; at++) {
      int parent = met[at - 1];
      int node = met[at];
      if (parent != node && (ends == null || ends[parent] || ends[node])) {
        boolean residual = position[at] - position[at - 1] > 1;
        add(numbers.of(parent, node), stack, residual, inlined[at]);
      }
    }
  }

  /**
   * Adds the edges at a few nodes, which most frames are far from. Where they are is collected
   * without a branch, which no processor predicts.
   */
  private void addAtEnds(int stack, byte[] endAt) {
    int[] stackLocations = locations;
    int[] near = met;
    int depth = stacks.locations(stack, stackLocations);
    int count = 0;
    int parentIsEnd = 0;
    for (int at = depth - 1; at >= 0; at--) {
      int isEnd = endAt[stackLocations[at]];
      near[count] = at;
      count += isEnd | parentIsEnd;
      parentIsEnd = isEnd;
    }
    int[] number = kept.numbers;
    int found = 0;
    for (int each = 0; each < count; each++) {
      int at = near[each];
      // The root has no parent.
      int node = number[stackLocations[at]];
      int parent = at == depth - 1 ? node : number[stackLocations[at + 1]];
      if (parent != node) {
        near[found++] = numbers.of(parent, node);
      }
    }
    addPlain(near, found, stack);
  }

  /** Adds edges that are neither residual nor inlined. */
  private void addPlain(int[] some, int count, int stack) {
    if (weights.hasDivisor()) {
      for (int at = 0; at < count; at++) {
        add(some[at], stack, false, false);
      }
      return;
    }
    makeRoom(edges.size());
    int[] seen = seenIn;
    long[] sums = edges.weight;
    boolean[] inline = edges.inline;
    long weight = weights.weight[stack];
    int stamp = stack + 1;
    for (int at = 0; at < count; at++) {
      int edge = some[at];
      int differs = seen[edge] ^ stamp;
      // All bits if the edge is new in this stack, none if not.
      int isNew = (differs | -differs) >> 31;
      seen[edge] = stamp;
      sums[edge] += weight & isNew;
      inline[edge] = false;
    }
  }

  /**
   * Collects the nodes of a stack that are kept, root first; how many. Where every location has one
   * frame, that of location l is frame l. Whether a node is kept is no branch, which no processor
   * predicts.
   */
  private int collectLocations(int stack) {
    int[] number = kept.numbers;
    int depth = stacks.locations(stack, locations);
    int count = 0;
    for (int at = depth - 1; at >= 0; at--) {
      int node = number[locations[at]];
      met[count] = node;
      position[count] = depth - at;
      count += 1 + (node >> 31);
    }
    return count;
  }

  private int collectFrames(int stack) {
    int depth = stacks.locations(stack, locations);
    int count = 0;
    int frames = 0;
    for (int at = depth - 1; at >= 0; at--) {
      int location = locations[at];
      int outermost = table.first[location + 1] - 1;
      for (int frame = outermost; frame >= table.first[location]; frame--) {
        int node = kept.numbers[frame];
        met[count] = node;
        inlined[count] = frame != outermost;
        position[count] = ++frames;
        count += 1 + (node >> 31);
      }
    }
    return count;
  }

  private void add(int edge, int stack, boolean residual, boolean inlined) {
    makeRoom(edge + 1);
    if (seenIn[edge] == stack + 1) {
      return;
    }
    seenIn[edge] = stack + 1;
    edges.weight[edge] += weights.weight[stack];
    if (weights.hasDivisor()) {
      edges.divisor[edge] += weights.divisor[stack];
    }
    // Rarely changed, so rarely written.
    if (residual) {
      edges.residual[edge] = true;
    }
    if (!inlined) {
      edges.inline[edge] = false;
    }
  }

  private void makeRoom(int edgeCount) {
    if (edgeCount > seenIn.length) {
      seenIn = Arrays.copyOf(seenIn, Math.max(edgeCount, seenIn.length * 2));
    }
  }

  private void add(EdgeSums other) {
    for (int at = 0; at < other.edges.size(); at++) {
      int edge = numbers.of(other.edges.source[at], other.edges.target[at]);
      edges.weight[edge] += other.edges.weight[at];
      edges.divisor[edge] += other.edges.divisor[at];
      edges.residual[edge] |= other.edges.residual[at];
      edges.inline[edge] &= other.edges.inline[at];
    }
  }

  /** The edges, which from now on lead from node to node. */
  private Edges edges() {
    for (int edge = 0; edge < edges.size(); edge++) {
      edges.source[edge] = kept.nodes[edges.source[edge]];
      edges.target[edge] = kept.nodes[edges.target[edge]];
    }
    return edges;
  }
}
