// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.profile.Profile;
import java.time.Duration;

/** Asks for very short CPU profiles of a busy thread: how many have a sample at all? */
public final class FirstSamplePass {
  private static final int[] MILLIS = {10, 20, 30, 50, 100};

  private FirstSamplePass() {}

  /** Argument: profiles of each length. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Thread busy = new Thread(FirstSamplePass::spin);
    busy.setDaemon(true);
    busy.start();
    Captures.ofThisJvm().prepare();
    ProfileSource cpu = Captures.ofThisJvm().find("profile").orElseThrow();
    long start = System.nanoTime();
    Profile first = cpu.capture(CaptureRequest.window(Duration.ofMillis(50)).withHz(100));
    System.out.printf(
        "the first, of 50 ms, while the JVM is started: %d samples, answered after %.0f ms%n",
        first.total(0), (System.nanoTime() - start) / 1e6);
    for (int millis : MILLIS) {
      measure(cpu, millis, rounds);
    }
    System.exit(0);
  }

  private static void measure(ProfileSource cpu, int millis, int rounds) throws Exception {
    int withSamples = 0;
    long nanos = 0;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      Profile profile = cpu.capture(CaptureRequest.window(Duration.ofMillis(millis)).withHz(100));
      nanos += System.nanoTime() - start;
      withSamples += profile.total(0) > 0 ? 1 : 0;
    }
    System.out.printf(
        "%d ms: %d of %d have samples; answered after %.0f ms on average%n",
        millis, withSamples, rounds, nanos / 1e6 / rounds);
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
