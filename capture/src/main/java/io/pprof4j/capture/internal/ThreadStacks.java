// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Stacks of threads, equal ones once. Threads and stacks are numbered from 0; the frames of a stack
 * are numbers of {@link CodeTable}, leaf first.
 */
public final class ThreadStacks {
  /** The stack number of a thread that has no stack: it has ended, or the JVM refuses. */
  public static final int NO_STACK = -1;

  private final Thread[] threads;
  private final int[] stackOfThread;
  private final int[] stateOfThread;
  private final int[][] methods;
  private final int[][] lines;

  private ThreadStacks(Thread[] threads, int stackCount) {
    this.threads = threads;
    stackOfThread = new int[threads.length];
    stateOfThread = new int[threads.length];
    methods = new int[stackCount][];
    lines = new int[stackCount][];
  }

  /**
   * Decodes the library's answer (stacks.c): the number of stacks; of each the number of frames and
   * per frame method and line; the number of threads; of each its stack and its state.
   */
  static ThreadStacks decode(Thread[] threads, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    ThreadStacks stacks = new ThreadStacks(threads, in.getInt());
    for (int stack = 0; stack < stacks.methods.length; stack++) {
      stacks.readStack(in, stack);
    }
    int threadCount = in.getInt();
    for (int thread = 0; thread < threadCount; thread++) {
      stacks.stackOfThread[thread] = in.getInt();
      stacks.stateOfThread[thread] = in.getInt();
    }
    return stacks;
  }

  private void readStack(ByteBuffer in, int stack) {
    int frames = in.getInt();
    methods[stack] = new int[frames];
    lines[stack] = new int[frames];
    for (int frame = 0; frame < frames; frame++) {
      methods[stack][frame] = in.getInt();
      lines[stack][frame] = in.getInt();
    }
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
    return stackOfThread[thread];
  }

  /**
   * A thread's state as JVMTI says it (GetThreadState): a set of {@code JVMTI_THREAD_STATE} bits.
   */
  public int stateOf(int thread) {
    return stateOfThread[thread];
  }

  /** How many distinct stacks there are. */
  public int stackCount() {
    return methods.length;
  }

  /** How many frames a stack has. */
  public int depth(int stack) {
    return methods[stack].length;
  }

  /** The method of a frame, to be looked up by {@link CodeTable#method}. */
  public int method(int stack, int frame) {
    return methods[stack][frame];
  }

  /** The source line of a frame; 0 if unknown. */
  public int line(int stack, int frame) {
    return lines[stack][frame];
  }
}
