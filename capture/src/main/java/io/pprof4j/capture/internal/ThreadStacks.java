// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.util.Arrays;

/**
 * Stacks of threads, equal ones once. Threads and stacks are numbered from 0; the frames of a stack
 * are numbers of {@link CodeTable}, leaf first.
 */
public final class ThreadStacks {
  /** The stack number of a thread that has no stack: it has ended, or the JVM refuses. */
  public static final int NO_STACK = -1;

  private final Thread[] threads;
  private final int[] told;

  /** Where the stacks are in {@code told}: their numbers of frames. */
  private final int[] placeOfStack;

  /** Where the first thread is in {@code told}. */
  private final int firstThread;

  /**
   * Takes the library's answer (stacks.c): the number of stacks; of each the number of frames and
   * per frame method and line; the number of threads; of each its stack and its state. Both arrays
   * are handed over: of a hundred thousand threads nothing is copied.
   */
  public ThreadStacks(Thread[] threads, int[] told) {
    this.threads = threads;
    this.told = told;
    placeOfStack = new int[told[0]];
    int at = 1;
    for (int stack = 0; stack < placeOfStack.length; stack++) {
      placeOfStack[stack] = at;
      at += 1 + 2 * told[at];
    }
    firstThread = at + 1; // behind the number of threads
  }

  /**
   * These stacks for other threads.
   *
   * @param like by thread: one of these threads that has the same stack and state; longer is
   *     allowed
   */
  public ThreadStacks spread(Thread[] others, int[] like) {
    int[] all = Arrays.copyOf(told, firstThread + 2 * others.length);
    all[firstThread - 1] = others.length;
    for (int thread = 0; thread < others.length; thread++) {
      all[firstThread + 2 * thread] = stackOf(like[thread]);
      all[firstThread + 2 * thread + 1] = stateOf(like[thread]);
    }
    return new ThreadStacks(others, all);
  }

  /** Whether two threads have the same stack and state. */
  public boolean isSame(int thread, int other) {
    return stackOf(thread) == stackOf(other) && stateOf(thread) == stateOf(other);
  }

  /** The highest number of a method. */
  int highestMethod() {
    int highest = 0;
    for (int stack = 0; stack < stackCount(); stack++) {
      for (int frame = 0; frame < depth(stack); frame++) {
        highest = Math.max(highest, method(stack, frame));
      }
    }
    return highest;
  }

  /** How many threads there are. */
  public int threadCount() {
    return threads.length;
  }

  /** A thread. */
  public Thread thread(int thread) {
    return threads[thread];
  }

  /** The number of a thread's stack, or {@link #NO_STACK}. */
  public int stackOf(int thread) {
    return told[firstThread + 2 * thread];
  }

  /**
   * A thread's state as JVMTI says it (GetThreadState): a set of {@code JVMTI_THREAD_STATE} bits.
   */
  public int stateOf(int thread) {
    return told[firstThread + 2 * thread + 1];
  }

  /** How many distinct stacks there are. */
  public int stackCount() {
    return placeOfStack.length;
  }

  /** How many frames a stack has. */
  public int depth(int stack) {
    return told[placeOfStack[stack]];
  }

  /** The method of a frame, to be looked up by {@link CodeTable#method}. */
  public int method(int stack, int frame) {
    return told[placeOfStack[stack] + 1 + 2 * frame];
  }

  /** The source line of a frame; 0 if unknown. */
  public int line(int stack, int frame) {
    return told[placeOfStack[stack] + 2 + 2 * frame];
  }
}
