// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import java.util.ArrayList;
import java.util.List;

/** Starts, reads and stops the sampler many times while threads allocate. */
public final class Rounds {
  private static final int ROUNDS = 300;
  private static final int WARM_UP = 50;

  private static volatile boolean isOver;

  private Rounds() {}

  /** Runs the rounds. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    List<Thread> workers = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      int number = thread;
      Sites.Site site = new Sites.Site("bytes100", Sites::bytes100, 10_000, 100);
      workers.add(
          new Thread(
              () -> {
                while (!isOver) {
                  Sites.run(site, number);
                }
              }));
    }
    workers.forEach(Thread::start);
    Verdict verdict = new Verdict();
    long heldEarly = 0;
    long threadsEarly = 0;
    long empty = 0;
    for (int round = 0; round < ROUNDS; round++) {
      sampler.start(HeapOptions.defaults().withInterval(1024).withCpuBudget(0));
      awaitSamples(sampler);
      empty += sampler.snapshot().stacks().isEmpty() ? 1 : 0;
      sampler.stop();
      if (round == WARM_UP) {
        heldEarly = sampler.statistics().heldBytes();
        threadsEarly = Thread.getAllStackTraces().size();
      }
    }
    System.out.println("held early " + heldEarly + ", now " + sampler.statistics());
    isOver = true;
    // Names of methods stay; the JIT's and JDK's rare paths may still add some.
    verdict.holds("no memory kept", sampler.statistics().heldBytes() < heldEarly + 200_000);
    verdict.holds("no threads kept", Thread.getAllStackTraces().size() <= threadsEarly);
    verdict.holds("every round saw stacks", empty == 0);
    verdict.holds("nothing after stop", sampler.snapshot().stacks().isEmpty());
    verdict.holds("nothing tracked after stop", sampler.statistics().trackedSamples() == 0);
    verdict.exit();
  }

  private static void awaitSamples(HeapSampler sampler) {
    while (sampler.statistics().samples() < 100) {
      Thread.onSpinWait();
    }
  }
}
