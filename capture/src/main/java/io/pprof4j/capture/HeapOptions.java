// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.NativeSampler;

/**
 * How the heap is sampled.
 *
 * @param interval mean bytes between two samples, Go's {@code runtime.MemProfileRate}: 0 takes
 *     none, 1 takes all
 * @param stackDepth frames kept of a stack, 1 to 1024
 * @param cpuBudget share of the process's CPU time that sampling may take on average, above which
 *     the interval is raised; a quarter of a second may be spent in advance; 0 is no limit
 * @param memoryBudget bytes that the sampler may hold, above which the interval is raised
 * @param recognition whether a stack that was walked before is recognised by its return addresses,
 *     where this JVM's insides are known; false has the JVM walk each one, for about twice the cost
 */
public record HeapOptions(
    int interval, int stackDepth, double cpuBudget, long memoryBudget, boolean recognition) {
  /** System property of {@link #interval}, named as Go's GODEBUG setting. */
  public static final String INTERVAL_PROPERTY = "pprof4j.memprofilerate";

  /** System property of {@link #stackDepth}, named as Go's GODEBUG setting. */
  public static final String DEPTH_PROPERTY = "pprof4j.profstackdepth";

  /** System property of {@link #cpuBudget}, in percent. */
  public static final String CPU_PROPERTY = "pprof4j.heap.cpubudget";

  /** System property of {@link #memoryBudget}, in bytes. */
  public static final String MEMORY_PROPERTY = "pprof4j.heap.memorybudget";

  /** System property of {@link #recognition}. */
  public static final String RECOGNITION_PROPERTY = "pprof4j.heap.recognition";

  private static final int DEFAULT_INTERVAL = 512 << 10;
  private static final int DEFAULT_DEPTH = 128;
  private static final double DEFAULT_CPU_BUDGET = 0.01;
  private static final long DEFAULT_MEMORY_BUDGET = 64L << 20;
  private static final long MIN_MEMORY_BUDGET = 1L << 20;

  /** Rejects what cannot be. */
  public HeapOptions {
    require(interval >= 0, "interval", interval, "at least 0");
    require(
        stackDepth >= 1 && stackDepth <= NativeSampler.MAX_DEPTH,
        "stackDepth",
        stackDepth,
        "1 to 1024");
    require(cpuBudget >= 0 && cpuBudget <= 1, "cpuBudget", cpuBudget, "0 to 1");
    require(
        memoryBudget >= MIN_MEMORY_BUDGET, "memoryBudget", memoryBudget, "at least one megabyte");
  }

  private static void require(boolean holds, String name, Number value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
    }
  }

  /** 512 KiB, 128 frames, 1 % of CPU, 64 MiB, with recognition. */
  public static HeapOptions defaults() {
    return new HeapOptions(
        DEFAULT_INTERVAL, DEFAULT_DEPTH, DEFAULT_CPU_BUDGET, DEFAULT_MEMORY_BUDGET, true);
  }

  /**
   * The defaults, changed by the system properties.
   *
   * @throws IllegalArgumentException if a property is not of its type or out of range
   */
  public static HeapOptions fromSystemProperties() {
    return new HeapOptions(
        (int) Math.min(number(INTERVAL_PROPERTY, DEFAULT_INTERVAL), Integer.MAX_VALUE),
        (int) Math.min(number(DEPTH_PROPERTY, DEFAULT_DEPTH), Integer.MAX_VALUE),
        number(CPU_PROPERTY, DEFAULT_CPU_BUDGET * 100) / 100,
        (long) number(MEMORY_PROPERTY, DEFAULT_MEMORY_BUDGET),
        truth(RECOGNITION_PROPERTY));
  }

  private static boolean truth(String property) {
    String text = System.getProperty(property, "true");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "system property %s is '%s', expected true or false".formatted(property, text));
    };
  }

  private static double number(String property, double otherwise) {
    String text = System.getProperty(property);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "system property %s is '%s', expected a number".formatted(property, text), e);
    }
  }

  /** A copy with another interval. */
  public HeapOptions withInterval(int bytes) {
    return new HeapOptions(bytes, stackDepth, cpuBudget, memoryBudget, recognition);
  }

  /** A copy with another depth. */
  public HeapOptions withStackDepth(int frames) {
    return new HeapOptions(interval, frames, cpuBudget, memoryBudget, recognition);
  }

  /** A copy with another CPU budget. */
  public HeapOptions withCpuBudget(double share) {
    return new HeapOptions(interval, stackDepth, share, memoryBudget, recognition);
  }

  /** A copy with another memory budget. */
  public HeapOptions withMemoryBudget(long bytes) {
    return new HeapOptions(interval, stackDepth, cpuBudget, bytes, recognition);
  }

  /** A copy with another recognition. */
  public HeapOptions withRecognition(boolean recognises) {
    return new HeapOptions(interval, stackDepth, cpuBudget, memoryBudget, recognises);
  }
}
