// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.ProfileSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What profiling costs a service that is warm: in one JVM, times with and without it take turns,
 * and the CPU time of a request is compared: of the process, which garbage collection and
 * compilation disturb, and of the thread that serves, with the threads of profilers apart. What
 * differs between two JVMs, and the start of the engines, is so left out; what a window costs to
 * begin, end and read is in.
 */
public final class TurnsPass {
  private static final int WARM_UP_TURNS = 2;

  /** Checking the time must not be seen in the work. */
  private static final int REQUESTS_AT_A_TIME = 500;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private TurnsPass() {}

  /**
   * What happened in a turn.
   *
   * @param processNanos CPU time of the process
   * @param serviceNanos CPU time of the thread that serves, what profilers do on it included
   * @param profilerNanos CPU time of the threads of profilers
   */
  private record Turn(
      long requests, long bytes, long processNanos, long serviceNanos, long profilerNanos) {
    double nanosPerRequest() {
      return (double) processNanos / requests;
    }

    double serviceNanosPerRequest() {
      return (double) serviceNanos / requests;
    }
  }

  /**
   * Arguments: {@code cpu}, {@code heap}, {@code budget} (the heap within its CPU budget, as it is
   * by default), {@code mutex}, {@code block}, {@code wall}, or {@code nothing} to see what the
   * measurement itself is good for; pairs of turns; seconds of a turn.
   */
  public static void main(String[] args) throws Exception {
    String kind = args[0];
    int pairs = Integer.parseInt(args[1]);
    Duration length = Duration.ofSeconds(Integer.parseInt(args[2]));
    double[] overheads = new double[pairs];
    double[] direct = new double[pairs];
    double[] own = new double[pairs];
    double gigabytes = 0;
    for (int pair = -WARM_UP_TURNS; pair < pairs; pair++) {
      // The order alternates, so that a trend of the machine speaks for neither.
      boolean isFirst = pair % 2 == 0;
      Turn one = turn(isFirst ? kind : "nothing", length);
      Turn other = turn(isFirst ? "nothing" : kind, length);
      Turn with = isFirst ? one : other;
      Turn without = isFirst ? other : one;
      if (pair >= 0) {
        overheads[pair] = with.nanosPerRequest() / without.nanosPerRequest() - 1;
        direct[pair] = with.serviceNanosPerRequest() / without.serviceNanosPerRequest() - 1;
        own[pair] = (double) with.profilerNanos() / with.serviceNanos();
        gigabytes += (double) without.bytes() / without.serviceNanos() / pairs;
      }
    }
    System.out.printf(Locale.ROOT, "%s, %.1f GB per CPU second%n", kind, gigabytes);
    print("CPU time of the process", overheads, gigabytes);
    print("CPU time of the serving thread", direct, gigabytes);
    print("CPU time of the profiler's threads", own, gigabytes);
    System.exit(0);
  }

  /** Prints the mean of overheads and its standard error. */
  static void print(String what, double[] overheads, double gigabytes) {
    double sum = 0;
    double squares = 0;
    for (double overhead : overheads) {
      sum += overhead;
      squares += overhead * overhead;
    }
    int count = overheads.length;
    double mean = sum / count;
    double variance = Math.max(0, squares / count - mean * mean);
    double error = count < 2 ? 0 : Math.sqrt(variance / (count - 1));
    System.out.printf(
        Locale.ROOT,
        "  %-36s %+.2f +- %.2f %%, %.2f +- %.2f %% per GB/s%n",
        what,
        mean * 100,
        error * 100,
        mean * 100 / gigabytes,
        error * 100 / gigabytes);
  }

  private static Turn turn(String kind, Duration length) throws Exception {
    long cpuBefore = SYSTEM.getProcessCpuTime();
    ThreadClocks profilers = ThreadClocks.of("pprof4j", "profiling", "JFR");
    FutureTask<Void> profiling = new FutureTask<>(() -> profile(kind, length));
    new Thread(profiling, "profiling").start();
    long requests = 0;
    long bytes = 0;
    long serviceNanos = 0;
    long lengths = 0;
    long now = System.nanoTime();
    long end = now + length.toNanos();
    long nextLook = now;
    while (now < end || !profiling.isDone()) {
      long bytesBefore = allocated();
      long nanosBefore = THREADS.getCurrentThreadCpuTime();
      lengths += ServicePass.serve(REQUESTS_AT_A_TIME);
      serviceNanos += THREADS.getCurrentThreadCpuTime() - nanosBefore;
      bytes += allocated() - bytesBefore;
      requests += REQUESTS_AT_A_TIME;
      now = System.nanoTime();
      if (now >= nextLook) {
        profilers.look(); // often, since some of these threads end with the turn
        nextLook = now + length.toNanos() / 20;
      }
    }
    profiling.get();
    if (lengths == 0) {
      throw new IllegalStateException("no work was done");
    }
    long processNanos = SYSTEM.getProcessCpuTime() - cpuBefore;
    return new Turn(requests, bytes, processNanos, serviceNanos, profilers.nanos());
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Profiles for some time. */
  private static Void profile(String kind, Duration length)
      throws IOException, InterruptedException, ExecutionException {
    switch (kind) {
      case "nothing" -> Thread.sleep(length.toMillis());
      case "heap" -> sampleHeap(HeapOptions.fromSystemProperties().withCpuBudget(0), length);
      case "budget" -> sampleHeap(HeapOptions.fromSystemProperties(), length);
      default -> {
        String name = kind.equals("cpu") ? "profile" : kind;
        ProfileSource source = Captures.ofThisJvm().find(name).orElseThrow();
        CaptureRequest request = CaptureRequest.window(length);
        source.capture(kind.equals("cpu") ? request.withHz(100) : request);
      }
    }
    return null;
  }

  private static void sampleHeap(HeapOptions options, Duration length)
      throws IOException, InterruptedException {
    HeapSampler.get().start(options);
    Thread.sleep(length.toMillis());
    HeapSampler.get().stop();
  }
}
