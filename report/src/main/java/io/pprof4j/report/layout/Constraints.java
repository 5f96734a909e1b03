// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.Arrays;

/**
 * Edges for {@link NetworkSimplex}, one row each: {@code value[head] - value[tail] >= minLen}, at a
 * cost of {@code weight} for each unit of length.
 */
final class Constraints {
  private int[] tail;
  private int[] head;
  private int[] minLen;
  private int[] weight;
  private int count;

  Constraints(int capacity) {
    tail = new int[capacity];
    head = new int[capacity];
    minLen = new int[capacity];
    weight = new int[capacity];
  }

  void add(int from, int to, int length, int pull) {
    if (count == tail.length) {
      grow();
    }
    tail[count] = from;
    head[count] = to;
    minLen[count] = length;
    weight[count] = pull;
    count++;
  }

  private void grow() {
    int capacity = Math.max(16, count * 2);
    tail = Arrays.copyOf(tail, capacity);
    head = Arrays.copyOf(head, capacity);
    minLen = Arrays.copyOf(minLen, capacity);
    weight = Arrays.copyOf(weight, capacity);
  }

  /** Gives back unused room, so that the columns have {@link #count} rows. */
  Constraints trim() {
    tail = Arrays.copyOf(tail, count);
    head = Arrays.copyOf(head, count);
    minLen = Arrays.copyOf(minLen, count);
    weight = Arrays.copyOf(weight, count);
    return this;
  }

  int count() {
    return count;
  }

  int[] tail() {
    return tail;
  }

  int[] head() {
    return head;
  }

  int[] minLen() {
    return minLen;
  }

  int[] weight() {
    return weight;
  }
}
