// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.capture.internal.GeneratedCode;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.ThreadStacks;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrozenStacksTest {
  private static final int STEPS = 6;
  private static final int PATHS = 1 << STEPS;
  private static final int THREADS = 20 * PATHS;
  private static final int WARM_ROUNDS = 2000;

  private volatile boolean isOver;
  private List<Thread> threads = List.of();

  @BeforeEach
  void startThreads() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with 21");
    assumeTrue(NativeSampler.get().generatedCode() != null, "frames of this JVM are not known");
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    isOver = true;
    Thread warm = (Thread) start.invoke(null, (Runnable) this::warmUp);
    warm.join();
    isOver = false;
    threads = IntStream.range(0, THREADS).mapToObj(number -> start(start, number % PATHS)).toList();
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  @AfterEach
  void endThreads() {
    isOver = true;
    threads.forEach(LockSupport::unpark);
  }

  private Thread start(Method start, int path) {
    try {
      return (Thread) start.invoke(null, (Runnable) () -> upper(path, STEPS));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("virtual threads came with 21", e);
    }
  }

  /** So that the methods below are compiled; then their frames tell what they are. */
  private void warmUp() {
    for (int path = 0; path < PATHS * WARM_ROUNDS; path++) {
      upper(path, STEPS);
    }
  }

  private int upper(int path, int steps) {
    if (steps == 0) {
      return waitUntilOver(path % 64 == 0);
    }
    return (path % 2 == 0 ? upper(path / 2, steps - 1) : lower(path / 2, steps - 1)) + 1;
  }

  private int lower(int path, int steps) {
    return upper(path, steps) + 2;
  }

  private int waitUntilOver(boolean yields) {
    if (isOver && yields) {
      LockSupport.parkNanos(1);
    }
    while (!isOver) {
      LockSupport.park(this);
    }
    return 1;
  }

  private FrozenStacks frozen() throws Exception {
    NativeSampler sampler = NativeSampler.get();
    ChunkLayout layout = ChunkLayout.find(threads, sampler.generatedCode());
    assertThat(layout).isNotNull();
    return new FrozenStacks(layout, new FrameSizes(sampler));
  }

  @Test
  void threadsWithOneFingerprintHaveOneStack() throws Exception {
    FrozenStacks frozen = frozen();
    Map<Long, Set<Integer>> stacksOfFingerprint = new HashMap<>();
    Set<Integer> stacks = new HashSet<>();

    ThreadStacks walked =
        NativeSampler.get().stacksOf(threads.toArray(Thread[]::new), NativeSampler.MAX_DEPTH);
    int found = 0;
    for (int thread = 0; thread < THREADS; thread++) {
      long fingerprint = frozen.fingerprint(threads.get(thread));
      stacks.add(walked.stackOf(thread));
      if (fingerprint != FrozenStacks.NONE) {
        found++;
        stacksOfFingerprint
            .computeIfAbsent(fingerprint, added -> new HashSet<>())
            .add(walked.stackOf(thread));
      }
    }

    assertThat(stacks).hasSize(PATHS);
    assertThat(found).isGreaterThan(THREADS / 2);
    assertThat(stacksOfFingerprint.values()).allSatisfy(some -> assertThat(some).hasSize(1));
  }

  @Test
  void aThreadThatWaitsKeepsItsFingerprint() throws Exception {
    FrozenStacks frozen = frozen();
    long[] before = threads.stream().mapToLong(frozen::fingerprint).toArray();

    System.gc();

    assertThat(threads.stream().mapToLong(frozen()::fingerprint).toArray()).isEqualTo(before);
  }

  @Test
  void threadsThatDoNotWaitHaveNone() throws Exception {
    FrozenStacks frozen = frozen();
    endThreads();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(threads).allSatisfy(thread -> assertThat(frozen.fingerprint(thread)).isZero());
    assertThat(frozen.fingerprint(Thread.currentThread())).isZero();
  }

  @Test
  void fewThreadsDoNotTellTheLayout() throws Exception {
    GeneratedCode code = NativeSampler.get().generatedCode();

    assertThat(ChunkLayout.find(threads.subList(0, 5), code)).isNull();
    assertThat(ChunkLayout.find(List.of(Thread.currentThread()), code)).isNull();
  }
}
