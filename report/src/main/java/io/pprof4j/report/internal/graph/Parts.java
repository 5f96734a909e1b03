// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntFunction;

/**
 * Work in parts, one for each processor. No parallel stream: the first one of a JVM loads a hundred
 * classes and calls methods by reflection, which is 4 ms of a short run.
 */
public final class Parts {
  private Parts() {}

  /** As many parts as there are processors. */
  static int ofAllProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Where a part of a number of things begins, and the one before it ends. */
  static int bound(int part, int parts, int size) {
    return (int) ((long) size * part / parts);
  }

  /**
   * Does the work of all parts, on this thread and the common pool's.
   *
   * @param work given the number of the part, from 0
   * @return what came of each part, in order
   */
  static <T> List<T> compute(int parts, IntFunction<T> work) {
    List<ForkJoinTask<T>> tasks = new ArrayList<>(parts);
    for (int number = 0; number < parts; number++) {
      int part = number;
      tasks.add(ForkJoinTask.adapt(() -> work.apply(part)));
    }
    ForkJoinTask.invokeAll(tasks);
    List<T> results = new ArrayList<>(parts);
    for (ForkJoinTask<T> task : tasks) {
      results.add(task.join());
    }
    return results;
  }
}
