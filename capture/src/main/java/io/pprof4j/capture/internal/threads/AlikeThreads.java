// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.internal.ThreadStacks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Threads in groups of equal fingerprints. Of each group three are asked for their stacks, and if
 * these agree the others are not: one that was woken when it was asked, and waits again, would
 * otherwise speak for a group that it does not belong to.
 */
final class AlikeThreads {
  private final Thread[] threads;

  /** By thread: the first one of its group. */
  private final int[] first;

  /** By first thread of a group: how many it has. */
  private final int[] sizes;

  /** By thread: its place among those that are asked, or -1. */
  private final int[] asked;

  private final Thread[] askedThreads;

  private AlikeThreads(Thread[] threads, long[] fingerprints) {
    this.threads = threads;
    first = new int[threads.length];
    sizes = new int[threads.length];
    asked = new int[threads.length];
    group(fingerprints);
    askedThreads = choose();
  }

  /** Groups threads; one without a fingerprint is a group of its own. */
  static AlikeThreads of(Thread[] threads, long[] fingerprints) {
    return new AlikeThreads(threads, fingerprints);
  }

  private void group(long[] fingerprints) {
    int[] slots = new int[2 * Integer.highestOneBit(Math.max(1, 2 * threads.length - 1))];
    Arrays.fill(slots, -1);
    for (int thread = 0; thread < threads.length; thread++) {
      long fingerprint = fingerprints[thread];
      int group = thread;
      if (fingerprint != FrozenStacks.NONE) {
        int slot = (int) fingerprint & (slots.length - 1);
        while (slots[slot] >= 0 && fingerprints[slots[slot]] != fingerprint) {
          slot = (slot + 1) & (slots.length - 1);
        }
        group = slots[slot] < 0 ? thread : slots[slot];
        slots[slot] = group;
      }
      first[thread] = group;
      sizes[group]++;
    }
  }

  /** The first, the last and the middle one of each group. */
  private Thread[] choose() {
    List<Thread> chosen = new ArrayList<>();
    int[] seen = new int[threads.length];
    for (int thread = 0; thread < threads.length; thread++) {
      int number = seen[first[thread]]++;
      int size = sizes[first[thread]];
      boolean isAsked = number == 0 || number == size / 2 || number == size - 1;
      asked[thread] = isAsked ? chosen.size() : -1;
      if (isAsked) {
        chosen.add(threads[thread]);
      }
    }
    return chosen.toArray(Thread[]::new);
  }

  /** Those whose stacks the JVM has to walk. */
  Thread[] asked() {
    return askedThreads;
  }

  /** What the answers of {@link #asked} say of all threads, and of which threads nothing. */
  Answer answer(ThreadStacks told) {
    boolean[] agree = agreement(told);
    int[] like = new int[threads.length];
    List<Thread> known = new ArrayList<>(threads.length);
    List<Thread> others = new ArrayList<>();
    for (int thread = 0; thread < threads.length; thread++) {
      int group = first[thread];
      if (asked[thread] < 0 && !agree[group]) {
        others.add(threads[thread]);
        continue;
      }
      like[known.size()] = asked[asked[thread] < 0 ? group : thread];
      known.add(threads[thread]);
    }
    return new Answer(
        told.spread(known.toArray(Thread[]::new), like), others.toArray(Thread[]::new));
  }

  private boolean[] agreement(ThreadStacks told) {
    boolean[] agree = new boolean[threads.length];
    for (int thread = 0; thread < threads.length; thread++) {
      int group = first[thread];
      if (thread == group) {
        agree[group] = told.stackOf(asked[group]) != ThreadStacks.NO_STACK;
      } else if (asked[thread] >= 0) {
        agree[group] &= told.isSame(asked[thread], asked[group]);
      }
    }
    return agree;
  }

  /**
   * Stacks of some threads.
   *
   * @param stacks of those that are known
   * @param others those that have to be asked
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Answer(ThreadStacks stacks, Thread[] others) {}
}
