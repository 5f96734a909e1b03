// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.HeapSampler;
import io.pprof4j.capture.HeapSnapshot;
import io.pprof4j.capture.HeapStack;
import io.pprof4j.capture.Labels;
import io.pprof4j.profile.Label;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Allocates known numbers of objects under labels, every one sampled, and compares them. */
public final class HeapLabels {
  private static final int VIRTUAL_THREADS = 400;
  private static final int TENANTS = 4;

  private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());

  private HeapLabels() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Throwable {
    HeapSampler sampler = HeapSampler.get();
    sampler.start(HeapOptions.defaults().withInterval(1).withCpuBudget(0));
    Verdict verdict = new Verdict();
    // New threads: the first sample of an older one was drawn before the sampler started.
    runAndJoin(new Thread(HeapLabels::platform));
    sampler.collect();
    HeapSnapshot snapshot = sampler.snapshot();
    verdict.share("unlabelled", 300, count(snapshot), 0);
    verdict.share("labelled", 2_500, count(snapshot, Label.of("tenant", "p")), 0);
    verdict.share(
        "inner labels",
        700,
        count(snapshot, Label.of("route", "/sell"), Label.of("tenant", "p")),
        0);
    verdict.share(
        "live", 35, live(snapshot, Label.of("route", "/sell"), Label.of("tenant", "p")), 0);
    if (Runtime.version().feature() >= 21) {
      compareVirtual(verdict, sampler);
    }
    compareCrowded(verdict, sampler);
    verdict.exit();
  }

  private static void allocate(int count) {
    KEPT.add(Sites.run(new Sites.Site("bytes1000", Sites::bytes1000, count, count / 20), 0));
  }

  private static void platform() {
    allocate(100);
    Labels.of("tenant", "p")
        .run(
            () -> {
              allocate(1_000);
              Labels.of("route", "/sell").run(() -> allocate(700));
              allocate(500);
              runAndJoin(new Thread(() -> allocate(1_000))); // inherits
            });
    allocate(200);
  }

  private static void runAndJoin(Thread thread) {
    thread.start();
    join(thread);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Many virtual threads on few carriers, which all have labels of their own while they change. */
  private static void compareVirtual(Verdict verdict, HeapSampler sampler) throws Throwable {
    MethodHandle start =
        MethodHandles.lookup()
            .findStatic(
                Thread.class,
                "startVirtualThread",
                MethodType.methodType(Thread.class, Runnable.class));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < VIRTUAL_THREADS; i++) {
      String tenant = "v" + i % TENANTS;
      threads.add((Thread) start.invoke((Runnable) () -> virtual(tenant)));
    }
    threads.forEach(HeapLabels::join);
    HeapSnapshot snapshot = sampler.snapshot();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      long truth = 140L * VIRTUAL_THREADS / TENANTS;
      Label label = Label.of("tenant", "v" + tenant);
      verdict.share("virtual threads of " + label, truth, count(snapshot, label), 0);
    }
    verdict.share("unlabelled", 300 + 20L * VIRTUAL_THREADS, count(snapshot), 0);
  }

  private static void virtual(String tenant) {
    Labels.of("tenant", tenant)
        .run(
            () -> {
              for (int i = 0; i < 7; i++) {
                allocate(20);
                LockSupport.parkNanos(1_000);
              }
            });
    allocate(20);
  }

  /** A key with a new value for each piece of work must not make the sampler's tables grow. */
  private static void compareCrowded(Verdict verdict, HeapSampler sampler) {
    int values = 2_000;
    runAndJoin(
        new Thread(
            () -> {
              for (int i = 0; i < values; i++) {
                Labels.of("request", "r" + i).and("tenant", "c").run(() -> allocate(20));
              }
            }));
    HeapSnapshot snapshot = sampler.snapshot();
    List<Label> withoutRequest = List.of(Label.of("tenant", "c"));
    long kept =
        snapshot.stacks().stream()
            .filter(stack -> stack.labels().contains(Label.of("tenant", "c")))
            .filter(HeapLabels::isSite)
            .mapToLong(HeapLabels::allocated)
            .sum();
    verdict.share("all have the other label", 20L * values, kept, 0);
    long without = count(snapshot, withoutRequest.toArray(Label[]::new));
    verdict.share("values beyond 256 are left out", 20L * (values - 256), without, 0);
    verdict.holds(
        "the profile says so",
        snapshot.heapProfile().comments().stream().anyMatch(line -> line.contains("of request")));
  }

  private static long count(HeapSnapshot snapshot, Label... labels) {
    return snapshot.stacks().stream()
        .filter(stack -> stack.labels().equals(List.of(labels)))
        .filter(HeapLabels::isSite)
        .mapToLong(HeapLabels::allocated)
        .sum();
  }

  private static long live(HeapSnapshot snapshot, Label... labels) {
    return snapshot.stacks().stream()
        .filter(stack -> stack.labels().equals(List.of(labels)))
        .filter(HeapLabels::isSite)
        .flatMap(stack -> stack.buckets().stream())
        .mapToLong(bucket -> bucket.live().objects())
        .sum();
  }

  private static boolean isSite(HeapStack stack) {
    return stack.frames().get(0).method().name().equals("bytes1000");
  }

  private static long allocated(HeapStack stack) {
    return stack.buckets().stream().mapToLong(bucket -> bucket.all().objects()).sum();
  }
}
