// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static io.pprof4j.capture.Truth.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.RecordingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentionTest {
  private static final Duration WINDOW = Duration.ofMillis(1500);

  private final Captures captures = Captures.ofThisJvm();

  @Test
  void mutexChargesTheStackThatHeldAMonitorOncePerWaiter() throws Exception {
    Object monitor = new Object();

    Profile mutex =
        whileHeld(
            (held, release) -> holdMonitor(monitor, held, release),
            () -> enterMonitor(monitor),
            () -> source("mutex").capture(CaptureRequest.window(WINDOW)));

    double delay = sum(mutex, 1, "ContentionTest.holdMonitor");
    // Two waiters for the whole window, which begins and ends with a look; the first may be late.
    double truth = 2.0 * mutex.durationNanos();
    assertThat(delay).isBetween(truth * 0.9, truth);
    assertThat(delay / mutex.total(1)).isGreaterThan(0.9);
    assertThat(sum(mutex, 0, "ContentionTest.holdMonitor")).isEqualTo(2);
    assertThat(mutex.functions())
        .filteredOn(function -> function.name().endsWith("ContentionTest.holdMonitor"))
        .allSatisfy(
            function -> {
              assertThat(function.systemName()).endsWith(")V").contains("(Ljava/lang/Object;");
              assertThat(function.startLine()).isPositive();
            });
  }

  @Test
  void mutexChargesTheStackThatHeldALock() throws Exception {
    ReentrantLock lock = new ReentrantLock();

    Profile mutex =
        whileHeld(
            (held, release) -> holdLock(lock, held, release),
            () -> enterLock(lock),
            () -> source("mutex").capture(CaptureRequest.window(WINDOW)));

    double truth = 2.0 * mutex.durationNanos();
    assertThat((double) sum(mutex, 1, "ContentionTest.holdLock"))
        .isBetween(truth * 0.8, truth * 1.05);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mutexCountsContentionsAndNoOtherWaits(boolean isMonitor) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicLong contentions = new AtomicLong();
    ReentrantLock lock = new ReentrantLock();
    Consumer<Runnable> locked =
        isMonitor ? code -> inMonitor(lock, code) : code -> inLock(lock, code);
    Thread holder = new Thread(() -> holdNowAndThen(locked, isOver), "holder");
    Thread waiter = new Thread(() -> waitAndSleep(locked, isOver, contentions), "waiter");
    holder.start();
    waiter.start();
    long before = contentions.get();

    Profile mutex = source("mutex").capture(CaptureRequest.window(Duration.ofSeconds(4)));

    long truth = contentions.get() - before;
    isOver.set(true);
    holder.join();
    waiter.join();
    double counted = sum(mutex, 0, "ContentionTest.holdNowAndThen");
    assertThat(counted).isBetween(1.0, truth * 1.25);
    if (isMonitor) {
      // Of parks only those that are seen are counted, as this thread parks for other reasons too.
      assertThat(counted).isGreaterThan(truth * 0.75);
    }
  }

  @Test
  void mutexIsOffUntilItsFractionIsSet() throws Exception {
    Rates rates = captures.rates();
    assertThat(rates.mutexProfileFraction()).isZero();
    assertThat(rates.setMutexProfileFraction(5)).isZero();
    assertThat(rates.setMutexProfileFraction(-1)).isEqualTo(5);
    assertThat(rates.setMutexProfileFraction(0)).isEqualTo(5);
    assertThat(rates.mutexProfileFraction()).isZero();
  }

  @Test
  void blockChargesTheStackThatWaited() throws Exception {
    Object monitor = new Object();

    Profile block =
        during(
            source("block"),
            () ->
                whileHeld(
                    (held, release) -> holdMonitor(monitor, held, release),
                    () -> enterMonitor(monitor),
                    () -> {
                      Truth.spin(300);
                      return true;
                    }));

    assertThat(block.sampleTypes())
        .containsExactly(
            new ValueType("contentions", "count"), new ValueType("delay", "nanoseconds"));
    double delay = sum(block, 1, "ContentionTest.enterMonitor");
    assertThat(delay).isBetween(2 * 0.28e9, 2 * 1.5e9);
    assertThat(sum(block, 0, "ContentionTest.enterMonitor")).isEqualTo(2);
  }

  @Test
  void blockCountsSinceTheStartWhileItsRateIsSet() throws Exception {
    Object monitor = new Object();
    captures.rates().setBlockProfileRate(1);
    Profile on;
    try {
      whileHeld(
          (held, release) -> holdMonitor(monitor, held, release),
          () -> enterMonitor(monitor),
          () -> {
            Truth.spin(100);
            return true;
          });
      on = source("block").capture(CaptureRequest.snapshot());
    } finally {
      captures.rates().setBlockProfileRate(0);
    }

    assertThat(sum(on, 0, "ContentionTest.enterMonitor")).isGreaterThanOrEqualTo(2);
    assertThat(captures.rates().blockProfileRate()).isZero();
    StringBuilder text = new StringBuilder();
    source("block").writeText(CaptureRequest.snapshot(), 1, text);
    assertThat(text).startsWith("--- contention:\ncycles/second=1000000000\n");
    assertThat(text.toString()).contains("ContentionTest.enterMonitor+0x");
  }

  @Test
  void keepsLabelsOfTheTimeOfTheWait() throws Exception {
    Object monitor = new Object();
    captures.rates().setBlockProfileRate(1);
    Profile block;
    Profile mutex;
    try {
      mutex =
          Labels.of("wait", "labelled")
              .call(
                  () ->
                      whileHeld(
                          (held, release) -> holdMonitor(monitor, held, release),
                          () -> enterMonitor(monitor),
                          () -> source("mutex").capture(CaptureRequest.window(WINDOW))));
      block = source("block").capture(CaptureRequest.snapshot());
    } finally {
      captures.rates().setBlockProfileRate(0);
    }

    // Of threads that inherited their labels, in the first case, and that are gone by now.
    assertThat(sum(block, 0, sample -> Truth.hasLabel(sample, "wait", "labelled")))
        .isGreaterThanOrEqualTo(2);
    assertThat(sum(mutex, 0, sample -> Truth.hasLabel(sample, "wait", "labelled"))).isEqualTo(2);
  }

  @Test
  void blockKnowsLabelsThatAThreadSetsItself() throws Exception {
    Object monitor = new Object();
    captures.rates().setBlockProfileRate(1);
    Profile block;
    try {
      whileHeld(
          (held, release) -> holdMonitor(monitor, held, release),
          () -> Labels.of("wait", "own").run(() -> enterMonitor(monitor)),
          () -> true);
      block = source("block").capture(CaptureRequest.snapshot());
    } finally {
      captures.rates().setBlockProfileRate(0);
    }

    assertThat(sum(block, 0, sample -> Truth.hasLabel(sample, "wait", "own"))).isEqualTo(2);
  }

  private interface Holder {
    void hold(CountDownLatch held, CountDownLatch release);
  }

  /** Runs code while one thread holds a lock and two wait for it. */
  private static <T> T whileHeld(Holder holder, Runnable waiter, Callable<T> code)
      throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    threads.add(new Thread(() -> holder.hold(held, release), "holder"));
    threads.get(0).start();
    held.await();
    for (int number = 0; number < 2; number++) {
      Thread thread = new Thread(waiter, "waiter");
      threads.add(thread);
      thread.start();
      while (thread.getState() != Thread.State.BLOCKED
          && thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    try {
      return code.call();
    } finally {
      release.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** The profile of a window in which the work begins and ends. */
  private static Profile during(ProfileSource source, Callable<?> work)
      throws InterruptedException, ExecutionException {
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              awaitRecording();
              return work.call();
            });
    new Thread(task, "work").start();
    FutureTask<Profile> capture =
        new FutureTask<>(() -> source.capture(CaptureRequest.window(Duration.ofSeconds(3))));
    capture.run();
    task.get();
    return capture.get();
  }

  private static void awaitRecording() {
    while (FlightRecorder.getFlightRecorder().getRecordings().stream()
        .noneMatch(
            recording ->
                recording.getName().equals("pprof4j-block")
                    && recording.getState() == RecordingState.RUNNING)) {
      Thread.onSpinWait();
    }
    Truth.spin(50); // the window opens a moment after its recording
  }

  private static void holdMonitor(Object monitor, CountDownLatch held, CountDownLatch release) {
    synchronized (monitor) {
      held.countDown();
      awaitQuietly(release);
    }
  }

  private static void enterMonitor(Object monitor) {
    synchronized (monitor) {
      Thread.onSpinWait();
    }
  }

  private static void holdLock(ReentrantLock lock, CountDownLatch held, CountDownLatch release) {
    lock.lock();
    try {
      held.countDown();
      awaitQuietly(release);
    } finally {
      lock.unlock();
    }
  }

  private static void enterLock(ReentrantLock lock) {
    lock.lock();
    try {
      Thread.onSpinWait();
    } finally {
      lock.unlock();
    }
  }

  private static void inMonitor(Object monitor, Runnable code) {
    synchronized (monitor) {
      code.run();
    }
  }

  private static void inLock(ReentrantLock lock, Runnable code) {
    lock.lock();
    try {
      code.run();
    } finally {
      lock.unlock();
    }
  }

  private static void holdNowAndThen(Consumer<Runnable> locked, AtomicBoolean isOver) {
    while (!isOver.get()) {
      locked.accept(() -> LockSupport.parkNanos(20_000_000));
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Waits for the lock and then eight times for nothing. */
  private static void waitAndSleep(
      Consumer<Runnable> locked, AtomicBoolean isOver, AtomicLong contentions) {
    while (!isOver.get()) {
      long before = System.nanoTime();
      AtomicLong entered = new AtomicLong();
      locked.accept(() -> entered.set(System.nanoTime()));
      if (entered.get() - before > 500_000) {
        contentions.incrementAndGet();
      }
      for (int nap = 0; nap < 8; nap++) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProfileSource source(String name) {
    return captures.find(name).orElseThrow();
  }
}
