// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapBucket;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.ThreadStacks;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Allocates on virtual threads that park, and asks for their stacks. */
public final class VirtualThreads {
  private static final int THREADS = 2_000;
  private static final int INTERVAL = 8 << 10;
  private static final Sites.Site SITE = new Sites.Site("bytes1000", Sites::bytes1000, 100, 10);

  private VirtualThreads() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Throwable {
    // Newer than the release we compile for.
    MethodHandle start =
        MethodHandles.lookup()
            .findStatic(
                Thread.class,
                "startVirtualThread",
                MethodType.methodType(Thread.class, Runnable.class));
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(INTERVAL).withCpuBudget(0));
    List<Object> kept = Sites.keep(Collections.synchronizedList(new ArrayList<>()));
    CountDownLatch done = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add((Thread) start.invoke((Runnable) () -> work(kept, done, end)));
    }
    done.await();
    sampler.collect();
    Verdict verdict = new Verdict();
    compare(verdict, sampler.snapshot());
    compareStacks(verdict, threads);
    end.countDown();
    verdict.exit();
  }

  private static void work(List<Object> kept, CountDownLatch done, CountDownLatch end) {
    kept.add(Sites.run(SITE, 0));
    LockSupport.parkNanos(1_000);
    kept.add(Sites.run(SITE, 0));
    done.countDown();
    awaitEnd(end);
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void compare(Verdict verdict, HeapSnapshot snapshot) {
    HeapBucket found = Sites.of(snapshot, SITE.name());
    // The carriers are new threads, so their first draw is known, too.
    long runs = 2L * THREADS;
    verdict.objects("allocated", runs * SITE.count(), found.all().objects(), 1016, INTERVAL);
    verdict.objects("live", runs * SITE.kept(), found.live().objects(), 1016, INTERVAL);
    boolean isLogical =
        snapshot.stacks().stream()
            .filter(stack -> stack.frames().get(0).method().name().equals(SITE.name()))
            .allMatch(
                stack -> stack.frames().stream().noneMatch(f -> isCarrier(f.method().name())));
    verdict.holds("stacks are the virtual thread's own", isLogical);
  }

  private static boolean isCarrier(String method) {
    return method.equals("runContinuation") || method.equals("runWorker");
  }

  private static void compareStacks(Verdict verdict, List<Thread> threads) throws Exception {
    NativeSampler library = NativeSampler.get();
    int waiting = 0;
    // A thread that counted down may not have arrived at its wait yet: ask until all have.
    while (waiting < THREADS) {
      ThreadStacks stacks = library.stacksOf(threads.toArray(Thread[]::new), 64);
      waiting = 0;
      for (int thread = 0; thread < stacks.threadCount(); thread++) {
        int stack = stacks.stackOf(thread);
        for (int frame = 0; stack >= 0 && frame < stacks.depth(stack); frame++) {
          String name = library.codeTable().method(stacks.method(stack, frame)).name();
          waiting += name.equals("awaitEnd") ? 1 : 0;
        }
      }
    }
    verdict.holds("all stacks are told", waiting == THREADS);
    Object root =
        library
            .trustedLookup()
            .findStatic(
                Class.forName("jdk.internal.vm.ThreadContainers"),
                "root",
                MethodType.methodType(Class.forName("jdk.internal.vm.ThreadContainer")))
            .type();
    verdict.holds("the JDK's thread containers are in reach", root != null);
  }
}
