// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.capture.Captures;
import io.pprof4j.capture.Rates;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the heap profile costs a service under load, as it is by default: in the service's own JVM
 * times with and without it take turns. Two JVMs would differ by more than that, since no two
 * compile alike.
 */
public final class LoadedPass {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What was begun before a change of the rate is over after it. */
  private static final long SETTLING_MILLIS = 300;

  private LoadedPass() {}

  /**
   * What happened in a turn.
   *
   * @param bytes allocated by the service, which tells how much it has done
   */
  private record Turn(long bytes, long processNanos, long samplerNanos) {
    double nanosPerByte() {
      return (double) processNanos / bytes;
    }
  }

  /**
   * Arguments: seconds of warm-up; pairs of turns; seconds of a turn; the service's main class, and
   * its arguments. Somebody else has to load it meanwhile.
   */
  public static void main(String[] args) throws Exception {
    int warmUp = Integer.parseInt(args[0]);
    int pairs = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    Class.forName(args[3])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 4, args.length));
    Thread.sleep(warmUp * 1000L);
    Rates rates = Captures.ofThisJvm().rates();
    int rate = Math.toIntExact(rates.memProfileRate());
    double[] overheads = new double[pairs];
    double[] own = new double[pairs];
    double gigabytes = 0;
    for (int pair = 0; pair < pairs; pair++) {
      // The order alternates, so that a trend of the machine speaks for neither.
      boolean isFirst = pair % 2 == 0;
      Turn one = turn(rates, isFirst ? rate : 0, seconds);
      Turn other = turn(rates, isFirst ? 0 : rate, seconds);
      Turn with = isFirst ? one : other;
      Turn without = isFirst ? other : one;
      overheads[pair] = with.nanosPerByte() / without.nanosPerByte() - 1;
      own[pair] = (double) with.samplerNanos() / with.processNanos();
      gigabytes += (double) without.bytes() / without.processNanos() / pairs;
    }
    System.out.printf(Locale.ROOT, "%.2f GB per CPU second%n", gigabytes);
    TurnsPass.print("CPU time of the process", overheads, gigabytes);
    TurnsPass.print("the sampler's own thread, in all turns", own, gigabytes);
    System.exit(0);
  }

  private static Turn turn(Rates rates, int rate, int seconds) throws InterruptedException {
    rates.setMemProfileRate(rate);
    Thread.sleep(SETTLING_MILLIS);
    ThreadClocks sampler = ThreadClocks.of("pprof4j-heap");
    long nanos = SYSTEM.getProcessCpuTime();
    long bytes = allocated();
    Thread.sleep(seconds * 1000L);
    sampler.look();
    return new Turn(allocated() - bytes, SYSTEM.getProcessCpuTime() - nanos, sampler.nanos());
  }

  private static long allocated() {
    long bytes = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && !thread.getThreadName().startsWith("pprof4j")) {
        bytes += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
      }
    }
    return bytes;
  }
}
