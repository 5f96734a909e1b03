// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what sampling costs: windows of equal work with and without it take turns in one JVM,
 * and their CPU time is compared. Not a test; run by hand, on a quiet machine, see {@code
 * docs/performance.md}.
 */
public final class HeapOverhead {
  private static final int DEPTH = 25;
  private static final int UNITS_PER_WINDOW = 30_000;
  private static final Object[] SINK = new Object[256];

  private HeapOverhead() {}

  /** Arguments: interval in bytes, pairs of windows, threads. */
  public static void main(String[] args) throws Exception {
    int interval = Integer.parseInt(args[0]);
    int pairs = Integer.parseInt(args[1]);
    int threads = Integer.parseInt(args[2]);
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(0).withCpuBudget(0));
    for (int i = 0; i < 6; i++) {
      window(threads); // warm-up
    }
    double[] ratios = new double[pairs];
    double gigabytesPerSecond = 0;
    for (int pair = 0; pair < pairs; pair++) {
      sampler.setInterval(pair % 2 == 0 ? 0 : interval);
      double[] first = window(threads);
      sampler.setInterval(pair % 2 == 0 ? interval : 0);
      double[] second = window(threads);
      ratios[pair] = pair % 2 == 0 ? second[0] / first[0] : first[0] / second[0];
      gigabytesPerSecond += (pair % 2 == 0 ? first[1] : second[1]) / pairs;
    }
    HeapStatistics statistics = sampler.statistics();
    System.out.println(statistics);
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double variance = Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum() / (pairs - 1);
    System.out.printf(
        "%.2f GB per CPU second; CPU overhead %.2f +- %.2f %%; %.2f %% per GB/s%n",
        gigabytesPerSecond,
        (mean - 1) * 100,
        Math.sqrt(variance / pairs) * 100,
        (mean - 1) * 100 / gigabytesPerSecond);
    System.exit(0);
  }

  /** Runs a window; answers its CPU seconds and gigabytes allocated per CPU second. */
  private static double[] window(int threads) throws Exception {
    AtomicLong bytes = new AtomicLong();
    List<Thread> workers = new ArrayList<>();
    long cpu = cpuNanos();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      workers.add(new Thread(() -> bytes.addAndGet(work(number))));
    }
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      worker.join();
    }
    double seconds = (cpuNanos() - cpu) / 1e9;
    return new double[] {seconds, bytes.get() / seconds / 1e9};
  }

  private static long work(int thread) {
    long bytes = 0;
    for (int unit = 0; unit < UNITS_PER_WINDOW; unit++) {
      bytes += descend(DEPTH, thread, unit);
    }
    return bytes;
  }

  private static long descend(int depth, int thread, int unit) {
    return depth == 0 ? allocate(thread, unit) : descend(depth - 1, thread, unit) + 1;
  }

  /** What a small web request allocates, about: buffers and small objects. */
  private static long allocate(int thread, int unit) {
    long bytes = 0;
    for (int i = 0; i < 100; i++) {
      int length = 64 + (unit + i) % 7 * 48;
      SINK[thread * 64] = new byte[length];
      SINK[thread * 64 + 1] = new Object[6];
      SINK[thread * 64 + 2] = new Sites.Pair();
      bytes += 16 + length + 40 + 24;
    }
    SINK[thread * 64 + 3] = new byte[8192];
    return bytes + 8208;
  }

  private static long cpuNanos() throws ReflectiveOperationException {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getOperatingSystemMXBean")
            .invoke(null);
    Class<?> type = Class.forName("com.sun.management.OperatingSystemMXBean");
    return (Long) type.getMethod("getProcessCpuTime").invoke(bean);
  }
}
