// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.profile.Profile;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks for short CPU profiles of a busy thread. From the request to the first sample it takes what
 * the window takes to open, and then at most the shortest window that has a sample.
 */
public final class FirstSamplePass {
  private static final int[] MILLIS = {10, 20, 30, 40, 50, 100};

  private FirstSamplePass() {}

  /** Arguments: profiles of each length; {@code early} to ask while the JVM is started too. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Thread busy = new Thread(FirstSamplePass::spin);
    busy.setDaemon(true);
    busy.start();
    long start = System.nanoTime();
    Captures.ofThisJvm().prepare();
    ProfileSource cpu = Captures.ofThisJvm().find("profile").orElseThrow();
    if (args.length > 1 && args[1].equals("early")) {
      print("asked for while the JVM is started", take(cpu, 50));
    } else {
      awaitPrepared();
      System.out.printf(
          Locale.ROOT, "prepared in %.0f ms%n", (System.nanoTime() - start) / 1_000_000.0);
    }
    print("the first ever, of 50 ms", take(cpu, 50));
    print("the second, of 50 ms", take(cpu, 50));
    for (int millis : MILLIS) {
      measure(cpu, millis, rounds);
    }
    System.exit(0);
  }

  /** Times in milliseconds: until the window was open, and from its end to the answer. */
  private record Taken(long samples, double opening, double answering) {}

  private static Taken take(ProfileSource cpu, int millis) throws Exception {
    long startNanos = System.nanoTime();
    long startMillis = System.currentTimeMillis();
    Profile profile = cpu.capture(CaptureRequest.window(Duration.ofMillis(millis)).withHz(100));
    double all = (System.nanoTime() - startNanos) / 1e6;
    double opening = profile.timeNanos() / 1e6 - startMillis;
    return new Taken(profile.total(0), opening, all - opening - profile.durationNanos() / 1e6);
  }

  private static void print(String what, Taken taken) {
    System.out.printf(
        Locale.ROOT,
        "%s: open after %.0f ms, %d samples, answered %.0f ms after its end%n",
        what,
        taken.opening(),
        taken.samples(),
        taken.answering());
  }

  private static void measure(ProfileSource cpu, int millis, int rounds) throws Exception {
    int withSamples = 0;
    double[] opening = new double[rounds];
    double[] answering = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      Taken taken = take(cpu, millis);
      withSamples += taken.samples() > 0 ? 1 : 0;
      opening[round] = taken.opening();
      answering[round] = taken.answering();
    }
    System.out.printf(
        Locale.ROOT,
        "%d ms: %d of %d have samples; open after %s ms, answered %s ms after the end%n",
        millis,
        withSamples,
        rounds,
        medianAndWorst(opening),
        medianAndWorst(answering));
  }

  private static String medianAndWorst(double[] times) {
    Arrays.sort(times);
    return "%.0f (at most %.0f)".formatted(times[times.length / 2], times[times.length - 1]);
  }

  private static void awaitPrepared() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("pprof4j-prepare")) {
        thread.join();
      }
    }
  }

  private static void spin() {
    long random = 1;
    while (random != 0) {
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
    }
  }
}
