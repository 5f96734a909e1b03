// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.ProfileSource;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/** Takes the profile of very many waiting threads, platform and virtual. */
public final class ThreadsPass {
  private static final int PLATFORM_DEPTH = 10;
  private static final int VIRTUAL_DEPTH = 20;

  private static final CountDownLatch END = new CountDownLatch(1);
  private static final AtomicInteger WAITING = new AtomicInteger();

  private ThreadsPass() {}

  /**
   * Arguments: platform threads, virtual threads (0 before JDK 21), rounds. Prints what each round
   * took; {@code -Xlog:safepoint} tells for how long everything stood still.
   */
  public static void main(String[] args) throws Exception {
    int platform = Integer.parseInt(args[0]);
    int virtual = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Captures captures = Captures.ofThisJvm();
    captures.prepare(); // as a handler does when it is mounted
    for (int number = 0; number < platform; number++) {
      Thread thread = new Thread(null, () -> work(PLATFORM_DEPTH), "platform", 256 << 10);
      thread.setDaemon(true);
      thread.start();
    }
    if (virtual > 0) {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      for (int number = 0; number < virtual; number++) {
        start.invoke(null, (Runnable) () -> work(VIRTUAL_DEPTH));
      }
    }
    while (WAITING.get() < platform + virtual) {
      Thread.onSpinWait();
    }
    ProfileSource source = captures.find("goroutine").orElseThrow();
    for (int round = 0; round < rounds; round++) {
      long before = cpuNanos();
      long start = System.nanoTime();
      var profile = source.capture(CaptureRequest.snapshot());
      long captured = cpuNanos();
      profile.writeTo(OutputStream.nullOutputStream(), Deflater.BEST_SPEED);
      long written = cpuNanos();
      System.out.printf(
          "%d threads: captured in %.0f ms of CPU time, written in %.0f ms; %.0f ms in all%n",
          profile.total(0),
          (captured - before) / 1e6,
          (written - captured) / 1e6,
          (System.nanoTime() - start) / 1e6);
    }
    System.exit(0);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void work(int depth) {
    if (depth > 0) {
      work(depth - 1);
      return;
    }
    WAITING.incrementAndGet();
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
