// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import io.pprof4j.profile.Profile;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Allocates on more than thirty thousand distinct stacks and reads them all; tells how long that
 * takes and for how long another thread could not run meanwhile.
 */
public final class ManyStacks {
  private static final int BITS = 15;
  private static final int ROUNDS = 4;

  private ManyStacks() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(1).withCpuBudget(0));
    Object[] kept = Sites.keep(new Object[1 << BITS]);
    Thread worker =
        new Thread(
            () -> {
              for (int path = 0; path < kept.length; path++) {
                kept[path] = left(BITS, path);
              }
            });
    worker.start();
    worker.join();
    sampler.setInterval(0);
    Verdict verdict = new Verdict();
    long held = sampler.statistics().heldBytes();
    for (int round = 0; round < ROUNDS; round++) {
      sampler.collect();
      readAndTime(sampler);
    }
    HeapSnapshot snapshot = sampler.snapshot();
    long stacks =
        snapshot.stacks().stream()
            .filter(stack -> stack.frames().get(0).method().className().endsWith("ManyStacks"))
            .count();
    verdict.holds(stacks + " stacks", stacks >= 1 << BITS);
    System.out.println(held + " bytes held for " + snapshot.statistics());
    verdict.exit();
  }

  private static void readAndTime(HeapSampler sampler) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicLong stall = new AtomicLong();
    Thread other = new Thread(() -> stall.set(longestGap(isOver)));
    other.start();
    long start = System.nanoTime();
    HeapSnapshot snapshot = sampler.snapshot();
    long read = System.nanoTime();
    Profile profile = snapshot.heapProfile();
    long built = System.nanoTime();
    profile.writeTo(OutputStream.nullOutputStream());
    long end = System.nanoTime();
    isOver.set(true);
    other.join();
    System.out.printf(
        "read %.1f ms, profile %.1f ms, written %.1f ms; longest stall of another thread %.1f ms%n",
        (read - start) / 1e6, (built - read) / 1e6, (end - built) / 1e6, stall.get() / 1e6);
  }

  private static long longestGap(AtomicBoolean isOver) {
    long longest = 0;
    long last = System.nanoTime();
    while (!isOver.get()) {
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
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
