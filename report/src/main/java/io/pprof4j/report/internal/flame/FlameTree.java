// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.Stacks;
import java.util.Arrays;

/**
 * Merges the stacks of a profile into one tree, whose nodes come in the order of the picture.
 *
 * <p>An outline has no nodes that weigh less than a limit. What the children of a node that were
 * left out weigh together is a node of the frame {@link FlameFrames#REST}, the last of its
 * siblings.
 */
public final class FlameTree {
  /*
   * The stacks below a node are a run of a list. Sorting the run by the next frame of its stacks
   * makes the runs of the children; the heaviest is looked into first, so that nodes are made in
   * their final order. Nothing is looked up: a table from (parent, frame) to node took three times
   * as long for 450,000 nodes, and a second pass to put them in order. What an outline leaves out is
   * not looked into, so it costs what it shows.
   */
  private static final int FEW = 16;
  private static final int ENDED = -1;

  private final Stacks stacks;
  private final FlameFrames frames;
  private final FlameWeights weights;
  private final long least;

  /** The stacks as they stand below nodes, and room for sorting a run of them. */
  private final int[] list;

  private final int[] sorted;

  /** The next frame of the stack at each place of the list. */
  private final int[] next;

  /** By stack: where its next location is, and how many frames of that were taken. */
  private final int[] place;

  private final int[] taken;

  private final int[] nodeOfStack;

  /**
   * By frame: how many stacks of the run go on with it, their weight, and where they will stand.
   */
  private int[] count;

  private long[] weight;
  private int[] slot;

  /** The frames that stacks of the run go on with. */
  private int[] children = new int[FEW];

  private int childCount;

  private final Runs pending = new Runs();
  private int nodes;
  private int turn;

  /** By node in the order of the picture: parents first, and the heavier sibling first. */
  public int[] depth = new int[1024];

  /** By node: its frame. */
  public int[] frame = new int[1024];

  /** By node: sum of the samples that end in it. */
  public long[] self = new long[1024];

  /** Without a comparison nothing is in it. */
  public long[] base;

  /** Whether nodes were left out. */
  private boolean isOutline;

  /**
   * Builds the tree.
   *
   * @param least what a node has to weigh to be in the tree; 0 for all
   */
  public FlameTree(Stacks stacks, FlameFrames frames, FlameWeights weights, long least) {
    this.stacks = stacks;
    this.frames = frames;
    this.weights = weights;
    this.least = least;
    this.base = new long[weights.isDiff ? 1024 : 0];
    this.list = used(weights.used);
    this.sorted = new int[list.length];
    this.next = new int[list.length];
    this.place = new int[stacks.size()];
    this.taken = new int[stacks.size()];
    this.nodeOfStack = new int[stacks.size()];
    Arrays.fill(nodeOfStack, ENDED);
    this.count = new int[FEW];
    this.weight = new long[FEW];
    this.slot = new int[FEW];
    for (int stack : list) {
      place[stack] = stacks.depth(stack) - 1;
    }
    pending.push(0, list.length, FlameFrames.ROOT, 0);
    while (!pending.isEmpty()) {
      pending.pop();
      addNode(pending.from, pending.to, pending.frame, pending.depth);
    }
    trim();
  }

  private static int[] used(boolean[] used) {
    int[] list = new int[used.length];
    int size = 0;
    for (int stack = 0; stack < used.length; stack++) {
      if (used[stack]) {
        list[size++] = stack;
      }
    }
    return Arrays.copyOf(list, size);
  }

  /** How many nodes there are. */
  public int nodeCount() {
    return nodes;
  }

  boolean isOutline() {
    return isOutline;
  }

  /** The node at the end of a stack's path, or that of what was left out; -1 for none. */
  int nodeOfStack(int stack) {
    return nodeOfStack[stack];
  }

  private void addNode(int from, int to, int shown, int level) {
    int node = append(shown, level);
    if (shown == FlameFrames.REST) {
      for (int at = from; at < to; at++) {
        end(list[at], node);
      }
    } else if (to - from == 1) {
      addAlone(list[from], node);
    } else {
      addChildren(from, to, node);
    }
  }

  /** What a stack goes on with when no other goes the same way: most nodes are made here. */
  private void addAlone(int stack, int node) {
    int last = node;
    for (int shown = take(stack); shown != ENDED; shown = take(stack)) {
      last = append(shown, depth[last] + 1);
    }
    end(stack, last);
  }

  private void addChildren(int from, int to, int node) {
    int level = depth[node] + 1;
    int end = sortByFrame(from, to, node);
    boolean cuts = childCount > 0 && weight[children[childCount - 1]] < least;
    int rest = end;
    int at = end;
    for (int child = childCount - 1; child >= 0; child--) {
      int shown = children[child];
      at -= count[shown];
      if (weight[shown] < least) {
        rest = at;
      }
    }
    if (cuts) {
      isOutline = true;
      pending.push(rest, end, FlameFrames.REST, level);
    }
    at = end;
    for (int child = childCount - 1; child >= 0; child--) {
      int shown = children[child];
      at -= count[shown];
      if (weight[shown] >= least) {
        pending.push(at, at + count[shown], shown, level);
      }
      count[shown] = 0;
      weight[shown] = 0;
    }
  }

  /**
   * Puts the stacks of a run that go on in the order of their next frames, the heaviest first;
   * those that end are given to the node. Returns where the former end.
   */
  private int sortByFrame(int from, int to, int node) {
    childCount = 0;
    for (int at = from; at < to; at++) {
      Interrupts.check(turn++);
      int stack = list[at];
      int shown = take(stack);
      next[at] = shown;
      if (shown == ENDED) {
        end(stack, node);
      } else {
        count(shown, weights.self[stack] + weights.base[stack]);
      }
    }
    sortHeaviestFirst();
    int end = from;
    for (int child = 0; child < childCount; child++) {
      slot[children[child]] = end;
      end += count[children[child]];
    }
    if (childCount == 1 && end == to) {
      return to;
    }
    for (int at = from; at < to; at++) {
      if (next[at] != ENDED) {
        sorted[slot[next[at]]++] = list[at];
      }
    }
    System.arraycopy(sorted, from, list, from, end - from);
    return end;
  }

  private void count(int shown, long added) {
    if (shown >= count.length) {
      int capacity = Math.max(shown + 1, count.length * 2);
      count = Arrays.copyOf(count, capacity);
      weight = Arrays.copyOf(weight, capacity);
      slot = Arrays.copyOf(slot, capacity);
    }
    if (count[shown]++ == 0) {
      if (childCount == children.length) {
        children = Arrays.copyOf(children, childCount * 2);
      }
      children[childCount++] = shown;
    }
    weight[shown] += added;
  }

  private void sortHeaviestFirst() {
    if (childCount > FEW) {
      Integer[] boxed = new Integer[childCount];
      Arrays.setAll(boxed, at -> children[at]);
      Arrays.sort(boxed, (one, other) -> Long.compare(weight[other], weight[one]));
      for (int at = 0; at < childCount; at++) {
        children[at] = boxed[at];
      }
      return;
    }
    for (int at = 1; at < childCount; at++) {
      int moved = children[at];
      int to = at;
      for (; to > 0 && weight[children[to - 1]] < weight[moved]; to--) {
        children[to] = children[to - 1];
      }
      children[to] = moved;
    }
  }

  /** The next frame of a stack on its way from the root to the leaf, or {@link #ENDED}. */
  private int take(int stack) {
    if (place[stack] < 0) {
      return ENDED;
    }
    int location = stacks.location(stack, place[stack]);
    int line = frames.first[location + 1] - 1 - taken[stack];
    int shown = frames.numbered(location, line);
    if (line == frames.first[location]) {
      place[stack]--;
      taken[stack] = 0;
    } else {
      taken[stack]++;
    }
    return shown;
  }

  private void end(int stack, int node) {
    nodeOfStack[stack] = node;
    self[node] += weights.self[stack];
    if (base.length > 0) {
      base[node] += weights.base[stack];
    }
  }

  private int append(int shown, int level) {
    if (nodes == depth.length) {
      resize(nodes * 2);
    }
    depth[nodes] = level;
    frame[nodes] = shown;
    return nodes++;
  }

  private void trim() {
    resize(nodes);
  }

  private void resize(int capacity) {
    depth = Arrays.copyOf(depth, capacity);
    frame = Arrays.copyOf(frame, capacity);
    self = Arrays.copyOf(self, capacity);
    base = base.length > 0 ? Arrays.copyOf(base, capacity) : base;
  }

  /** Runs of the list that nodes are still to be made of, the next one last. */
  private static final class Runs {
    private int[] columns = new int[4 * FEW];
    private int size;

    /** The run that was taken last. */
    int from;

    int to;
    int frame;
    int depth;

    boolean isEmpty() {
      return size == 0;
    }

    void push(int from, int to, int frame, int depth) {
      if (size == columns.length) {
        columns = Arrays.copyOf(columns, size * 2);
      }
      columns[size++] = from;
      columns[size++] = to;
      columns[size++] = frame;
      columns[size++] = depth;
    }

    void pop() {
      depth = columns[--size];
      frame = columns[--size];
      to = columns[--size];
      from = columns[--size];
    }
  }
}
