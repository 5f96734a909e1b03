// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.ProfileSource;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.zip.Deflater;

/** Takes the heap profile of a program that allocates at very many stacks. */
public final class HeapPass {
  private HeapPass() {}

  /**
   * Arguments: stacks, of about 20 frames; rounds. Prints what each round took; {@code
   * -Xlog:safepoint} tells for how long everything stood still.
   */
  public static void main(String[] args) throws Exception {
    int stacks = Integer.parseInt(args[0]);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(stacks - 1);
    int rounds = Integer.parseInt(args[1]);
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(1).withCpuBudget(0));
    Object[] kept = new Object[stacks];
    Thread worker =
        new Thread(
            () -> {
              for (int path = 0; path < kept.length; path++) {
                kept[path] = left(bits, path);
              }
            });
    worker.start();
    worker.join();
    sampler.setInterval(512 << 10);
    ProfileSource heap = Captures.ofThisJvm().find("heap").orElseThrow();
    for (int round = 0; round < rounds; round++) {
      long before = cpuNanos();
      long start = System.nanoTime();
      var profile = heap.capture(CaptureRequest.snapshot());
      long captured = cpuNanos();
      profile.writeTo(OutputStream.nullOutputStream(), Deflater.BEST_SPEED);
      long written = cpuNanos();
      System.out.printf(
          "%d samples: captured in %.0f ms of CPU time, written in %.0f ms; %.0f ms in all%n",
          profile.samples().size(),
          (captured - before) / 1e6,
          (written - captured) / 1e6,
          (System.nanoTime() - start) / 1e6);
    }
    System.exit(kept.length == stacks ? 0 : 1);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Each path through these two is a stack of its own. */
  private static Object left(int depth, int path) {
    return depth == 0 ? new int[4] : next(depth, path);
  }

  private static Object right(int depth, int path) {
    return depth == 0 ? new int[4] : next(depth, path);
  }

  private static Object next(int depth, int path) {
    return (path & 1) == 0 ? left(depth - 1, path >> 1) : right(depth - 1, path >> 1);
  }
}
