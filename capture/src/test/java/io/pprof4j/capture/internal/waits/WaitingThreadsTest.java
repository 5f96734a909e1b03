// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.LoadableClasses;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.ThreadIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that wait for a lock, and threads that wait for something else. */
class WaitingThreadsTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final Object monitor = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Thread> started = new ArrayList<>();
  private Thread holder;
  private Thread blocked;
  private Thread parked;
  private Thread idle;

  static Stream<WaitingThreads> ways() throws Exception {
    return Stream.of(
        new NativeWaitingThreads(NativeSampler.get()),
        new JavaWaitingThreads(new LoadableClasses()));
  }

  @BeforeEach
  void start() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    holder = start(() -> holdBoth(held));
    held.await();
    blocked = start(this::enterMonitor);
    parked = start(this::enterLock);
    idle = start(this::waitInMonitorOfItsOwn);
    awaitState(blocked, Thread.State.BLOCKED);
    awaitState(parked, Thread.State.WAITING);
    awaitState(idle, Thread.State.WAITING);
  }

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    idle.interrupt();
    for (Thread thread : started) {
      thread.join();
    }
  }

  private Thread start(Runnable work) {
    Thread thread = new Thread(work);
    started.add(thread);
    thread.start();
    return thread;
  }

  private static void awaitState(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      Thread.onSpinWait();
    }
  }

  private void holdBoth(CountDownLatch held) {
    lock.lock();
    try {
      synchronized (monitor) {
        held.countDown();
        release.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void enterMonitor() {
    synchronized (monitor) {
      Thread.onSpinWait();
    }
  }

  private void enterLock() {
    lock.lock();
    try {
      Thread.onSpinWait();
    } finally {
      lock.unlock();
    }
  }

  private void waitInMonitorOfItsOwn() {
    Object own = new Object();
    synchronized (own) {
      try {
        while (true) {
          own.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void findsThoseThatWaitForALock(WaitingThreads ways) {
    long[] found = ways.mayWait();

    assertThat(found).contains(ThreadIds.of(blocked), ThreadIds.of(parked));
    assertThat(found).doesNotContain(ThreadIds.of(idle), ThreadIds.of(Thread.currentThread()));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void tellsTheStacksOfThoseAskedFor(WaitingThreads ways) throws Exception {
    Thread ended = start(() -> {});
    ended.join();

    Map<Thread, List<JavaFrame>> stacks =
        ways.stacks(new long[] {ThreadIds.of(holder), ThreadIds.of(ended)});

    assertThat(stacks).containsOnlyKeys(holder);
    assertThat(stacks.get(holder))
        .anySatisfy(
            frame -> {
              assertThat(frame.method().className()).isEqualTo(WaitingThreadsTest.class.getName());
              assertThat(frame.method().name()).isEqualTo("holdBoth");
              assertThat(frame.line()).isPositive();
            });
  }
}
