// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
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
 * and the work done per CPU second of the process is compared. What differs between two JVMs, and
 * the start of the engines, is so left out; what a window costs to begin, end and read is in.
 */
public final class TurnsPass {
  private static final int WARM_UP_TURNS = 2;

  /** Checking the time must not be seen in the work. */
  private static final int REQUESTS_AT_A_TIME = 500;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private TurnsPass() {}

  private record Turn(double requestsPerCpuSecond, double gigabytesPerCpuSecond) {}

  /**
   * Arguments: {@code cpu}, {@code heap}, {@code mutex}, {@code block}, {@code wall}, or {@code
   * nothing} to see what the measurement itself is good for; pairs of turns; seconds of a turn.
   */
  public static void main(String[] args) throws Exception {
    String kind = args[0];
    int pairs = Integer.parseInt(args[1]);
    Duration length = Duration.ofSeconds(Integer.parseInt(args[2]));
    double[] overheads = new double[pairs];
    double gigabytes = 0;
    for (int pair = -WARM_UP_TURNS; pair < pairs; pair++) {
      // The order alternates, so that a trend of the machine speaks for neither.
      boolean isFirst = pair % 2 == 0;
      Turn one = turn(isFirst ? kind : "nothing", length);
      Turn other = turn(isFirst ? "nothing" : kind, length);
      Turn with = isFirst ? one : other;
      Turn without = isFirst ? other : one;
      if (pair >= 0) {
        overheads[pair] = without.requestsPerCpuSecond() / with.requestsPerCpuSecond() - 1;
        gigabytes += without.gigabytesPerCpuSecond() / pairs;
      }
    }
    print(kind, overheads, gigabytes);
    System.exit(0);
  }

  private static void print(String kind, double[] overheads, double gigabytes) {
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
        "%-8s %+.2f +- %.2f %% of CPU time; %.1f GB per CPU second, so %.2f +- %.2f %% per GB/s%n",
        kind,
        mean * 100,
        error * 100,
        gigabytes,
        mean * 100 / gigabytes,
        error * 100 / gigabytes);
  }

  private static Turn turn(String kind, Duration length) throws Exception {
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long bytesBefore = allocated();
    FutureTask<Void> profiling = new FutureTask<>(() -> profile(kind, length));
    new Thread(profiling, "profiling").start();
    long requests = 0;
    long end = System.nanoTime() + length.toNanos();
    long lengths = 0;
    while (System.nanoTime() < end || !profiling.isDone()) {
      lengths += ServicePass.serve(REQUESTS_AT_A_TIME);
      requests += REQUESTS_AT_A_TIME;
    }
    profiling.get();
    if (lengths == 0) {
      throw new IllegalStateException("no work was done");
    }
    double seconds = (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e9;
    return new Turn(requests / seconds, (allocated() - bytesBefore) / 1e9 / seconds);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /** Profiles for some time. */
  private static Void profile(String kind, Duration length)
      throws IOException, InterruptedException, ExecutionException {
    switch (kind) {
      case "nothing" -> Thread.sleep(length.toMillis());
      case "heap" -> {
        HeapSampler.get().start(HeapOptions.defaults().withCpuBudget(0));
        Thread.sleep(length.toMillis());
        HeapSampler.get().stop();
      }
      default -> {
        String name = kind.equals("cpu") ? "profile" : kind;
        ProfileSource source = Captures.ofThisJvm().find(name).orElseThrow();
        CaptureRequest request = CaptureRequest.window(length);
        source.capture(kind.equals("cpu") ? request.withHz(100) : request);
      }
    }
    return null;
  }
}
