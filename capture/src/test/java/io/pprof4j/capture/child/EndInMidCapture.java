// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import java.util.concurrent.CountDownLatch;

/** Starts child processes and ends in the middle of sampling, sweeping and reading. */
public final class EndInMidCapture {
  private EndInMidCapture() {}

  /** Ends as the argument says: {@code exit}, {@code halt} or {@code return}. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(1).withCpuBudget(0));
    CountDownLatch running = new CountDownLatch(3);
    daemon(
        () -> {
          Sites.run(new Sites.Site("bytes100", Sites::bytes100, 1000, 10), 1);
          running.countDown();
        });
    daemon(
        () -> {
          sampler.snapshot();
          running.countDown();
        });
    daemon(
        () -> {
          sampler.collect();
          running.countDown();
        });
    for (int i = 0; i < 5; i++) {
      int code = new ProcessBuilder("true").start().waitFor();
      if (code != 0) {
        System.exit(3);
      }
    }
    running.await();
    switch (args[0]) {
      case "exit" -> System.exit(7);
      case "halt" -> Runtime.getRuntime().halt(7);
      default -> System.out.println("returned");
    }
  }

  private static void daemon(Runnable step) {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                step.run();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
