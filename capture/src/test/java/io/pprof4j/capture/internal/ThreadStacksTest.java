// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.JvmMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ThreadStacksTest {
  private volatile boolean isOver;

  @Test
  void groupsPlatformThreadsByEqualStack() throws Exception {
    NativeSampler sampler = NativeSampler.get();
    List<Thread> waiting = startWaiting(5);

    ThreadStacks stacks = sampler.allStacks(64);

    List<Integer> found = new ArrayList<>();
    for (int thread = 0; thread < stacks.threadCount(); thread++) {
      if (waiting.contains(stacks.thread(thread))) {
        found.add(stacks.stackOf(thread));
      }
    }
    end(waiting);
    assertThat(found).hasSize(5).containsOnly(found.get(0));
    assertThat(methods(sampler, stacks, found.get(0))).contains("park", "waitUntilOver", "run");
  }

  @Test
  void tellsMoreThreadsThanAreStoppedTogether() throws Exception {
    List<Thread> waiting = startWaiting(600);

    ThreadStacks stacks = NativeSampler.get().allStacks(64);

    List<Thread> found = new ArrayList<>();
    for (int thread = 0; thread < stacks.threadCount(); thread++) {
      if (waiting.contains(stacks.thread(thread)) && stacks.depth(stacks.stackOf(thread)) > 1) {
        found.add(stacks.thread(thread));
      }
    }
    end(waiting);
    assertThat(found).containsExactlyInAnyOrderElementsOf(waiting);
  }

  @Test
  void tellsMethodFileLineAndCodeSource() throws Exception {
    NativeSampler sampler = NativeSampler.get();

    ThreadStacks stacks = sampler.stacksOf(new Thread[] {Thread.currentThread()}, 1024);

    int frame =
        methods(sampler, stacks, stacks.stackOf(0)).indexOf("tellsMethodFileLineAndCodeSource");
    JvmMethod method = sampler.codeTable().method(stacks.method(stacks.stackOf(0), frame));
    assertThat(method.className()).isEqualTo(ThreadStacksTest.class.getName());
    assertThat(method.descriptor()).isEqualTo("()V");
    assertThat(method.sourceFile()).isEqualTo("ThreadStacksTest.java");
    assertThat(method.codeSource()).endsWith("test-classes");
    assertThat((long) stacks.line(stacks.stackOf(0), frame)).isGreaterThan(method.startLine());
  }

  @Test
  void aThreadThatDoesNotLiveHasNoStack() throws Exception {
    Thread ended = new Thread(() -> {});
    ended.start();
    ended.join();

    ThreadStacks stacks =
        NativeSampler.get().stacksOf(new Thread[] {new Thread(() -> {}), ended}, 10);

    assertThat(stacks.stackOf(0)).isEqualTo(ThreadStacks.NO_STACK);
    assertThat(stacks.stackOf(1)).isEqualTo(ThreadStacks.NO_STACK);
    assertThat(stacks.stackCount()).isZero();
  }

  @Test
  void keepsNoMoreFramesThanAskedFor() throws Exception {
    ThreadStacks stacks = NativeSampler.get().stacksOf(new Thread[] {Thread.currentThread()}, 3);

    assertThat(stacks.depth(stacks.stackOf(0))).isEqualTo(3);
  }

  @Test
  void trustedLookupReachesTheJdk() throws Exception {
    Class<?> hidden = Class.forName("jdk.internal.misc.VM");

    assertThat(NativeSampler.get().trustedLookup().in(hidden).hasFullPrivilegeAccess()).isTrue();
  }

  private List<Thread> startWaiting(int count) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(count);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(new Thread(() -> waitUntilOver(started)));
    }
    threads.forEach(Thread::start);
    started.await();
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    return threads;
  }

  private void waitUntilOver(CountDownLatch started) {
    started.countDown();
    while (!isOver) {
      LockSupport.park(this);
    }
  }

  private void end(List<Thread> threads) throws InterruptedException {
    isOver = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      thread.join();
    }
  }

  private static List<String> methods(NativeSampler sampler, ThreadStacks stacks, int stack) {
    List<String> names = new ArrayList<>();
    for (int frame = 0; frame < stacks.depth(stack); frame++) {
      names.add(sampler.codeTable().method(stacks.method(stack, frame)).name());
    }
    return names;
  }
}
