// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.capture.Rates;
import io.pprof4j.capture.Truth;
import io.pprof4j.profile.Profile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads, waits and CPU time that are known, against the profiles of them. */
public final class EngineTruth {
  private static final int HZ = 250;
  private static final int THREADS = 30;
  private static final Duration WINDOW = Duration.ofSeconds(2);

  /** Holds of each of two methods; more of them tell smaller errors. */
  private static final int HOLDS = Integer.getInteger("truth.holds", 12);

  private static final long LONG_NANOS = 300_000_000;
  private static final long SHORT_NANOS = 100_000_000;

  private static final AtomicLong HOT_NANOS = new AtomicLong();
  private static final AtomicLong COOL_NANOS = new AtomicLong();
  private static final CountDownLatch END = new CountDownLatch(1);

  private static volatile boolean isOver;

  private EngineTruth() {}

  /** Runs the comparisons. */
  public static void main(String[] args) throws Exception {
    Verdict verdict = new Verdict();
    compareThreads(verdict);
    compareWaits(verdict);
    compareCpu(verdict);
    verdict.exit();
  }

  private static Profile capture(String name, CaptureRequest request) throws Exception {
    ProfileSource source = Captures.ofThisJvm().find(name).orElseThrow();
    return source.capture(request);
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** So many wait, and a platform thread starts each. */
  private static void compareThreads(Verdict verdict) throws Exception {
    capture("threadcreate", CaptureRequest.snapshot()); // begins to count
    List<Thread> waiting = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      waiting.add(start(EngineTruth::waitForEnd));
    }
    awaitState(waiting, Thread.State.WAITING);
    Profile threads = capture("goroutine", CaptureRequest.snapshot());
    Profile created = capture("threadcreate", CaptureRequest.snapshot());
    verdict.share("threads", THREADS, Truth.sum(threads, 0, ".waitForEnd"), 0);
    verdict.share("started", THREADS, Truth.sum(created, 0, ".compareThreads"), 0);
    END.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    Profile after = capture("goroutine", CaptureRequest.snapshot());
    verdict.share("threads that have ended", 0, Truth.sum(after, 0, ".waitForEnd"), 0);
  }

  private static void waitForEnd() {
    try {
      END.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitState(List<Thread> threads, Thread.State state) {
    for (Thread thread : threads) {
      while (thread.getState() != state) {
        Thread.onSpinWait();
      }
    }
  }

  /** A monitor is held known times by two methods in turn, while two threads want it. */
  private static void compareWaits(Verdict verdict) throws Exception {
    // Both since their start, which no loaded machine makes too short.
    Rates rates = Captures.ofThisJvm().rates();
    rates.setBlockProfileRate(1);
    rates.setMutexProfileFraction(1);
    long startNanos = System.nanoTime();
    Object monitor = new Object();
    AtomicLong waitedNanos = new AtomicLong();
    long longNanos = 0;
    long shortNanos = 0;
    for (int hold = 0; hold < HOLDS; hold++) {
      longNanos += holdWhileWaitedFor(monitor, waitedNanos, EngineTruth::holdLong);
      shortNanos += holdWhileWaitedFor(monitor, waitedNanos, EngineTruth::holdShort);
    }
    long truth = waitedNanos.get();
    Profile mutex = capture("mutex", CaptureRequest.snapshot());
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    Profile block = capture("block", CaptureRequest.snapshot());
    rates.setBlockProfileRate(0);
    rates.setMutexProfileFraction(0);
    long blocked = Truth.sum(block, 1, ".enterMonitor");
    verdict.share("waits", 4L * HOLDS, Truth.sum(block, 0, ".enterMonitor"), 0);
    verdict.share("waiting by waiter", truth, blocked, 0.05);
    compareHolders(verdict, longNanos, shortNanos, mutex, seconds);
  }

  /**
   * How long two threads waited together while a monitor was held. They wait on for a while: a
   * waiter is not let in at once, and the other one may be before it.
   */
  private static long holdWhileWaitedFor(Object monitor, AtomicLong waitedNanos, Runnable hold)
      throws InterruptedException {
    List<Thread> waiters = new ArrayList<>();
    AtomicLong starts = new AtomicLong();
    long heldNanos;
    synchronized (monitor) {
      for (int waiter = 0; waiter < 2; waiter++) {
        waiters.add(start(() -> waitedNanos.addAndGet(enterMonitor(monitor, starts))));
      }
      awaitState(waiters, Thread.State.BLOCKED);
      hold.run();
      heldNanos = 2 * System.nanoTime() - starts.get();
    }
    for (Thread waiter : waiters) {
      waiter.join();
    }
    return heldNanos;
  }

  /**
   * Looks at locks come at random times: at each end of each hold, up to the pause between two is
   * seen too much or too little, for two waiters. That is an even distribution, hence the 12.
   * Pauses are between half the mean and one and a half of it, and an end falls into a long one
   * more often: a mean square of 1.25 times the mean's. On a loaded machine single pauses are far
   * longer, and the longest counts apart.
   */
  private static void compareHolders(
      Verdict verdict, long longNanos, long shortNanos, Profile mutex, double seconds) {
    String[] receipt =
        mutex.comments().stream()
            .filter(comment -> comment.startsWith("looks: "))
            .findFirst()
            .orElseThrow()
            .split("[ ,]+", -1);
    long looks = Long.parseLong(receipt[1]);
    double longest = Long.parseLong(receipt[10]) * 1e6;
    double pause = seconds * 1e9 / looks;
    double sigma = 2 * Math.sqrt((2.0 * HOLDS * 1.25 * pause * pause + longest * longest) / 12);
    double truth = longNanos + shortNanos;
    System.out.println(
        "%d looks of %s us, one in %.1f ms, the longest pause %.0f ms"
            .formatted(looks, receipt[2], pause / 1e6, longest / 1e6));
    long heldLong = Truth.sum(mutex, 1, ".holdLong");
    long heldShort = Truth.sum(mutex, 1, ".holdShort");
    compareTotal(verdict, truth, heldLong + heldShort, Math.sqrt(2) * sigma, pause);
    verdict.holds("holders' share", heldLong + heldShort >= mutex.total(1) * 8 / 10);
    compareShare(verdict, longNanos, shortNanos, heldLong, heldShort, sigma);
  }

  private static void compareTotal(
      Verdict verdict, double truth, long held, double sigma, double pause) {
    System.out.println("sigma of the waiting by holder: %.1f %%".formatted(100 * sigma / truth));
    // More threads than processors delay single looks by far more than the mean, hence the fifth.
    double plain = 2 * pause * Math.sqrt(4.0 * HOLDS / 12);
    double share = Math.min(0.05 + 4.5 * sigma / truth, 0.2 + 4.5 * plain / truth);
    verdict.share("waiting by holder", Math.round(truth), held, share);
  }

  /** Of a share a / (a + b) with errors of the same size in both. */
  private static void compareShare(
      Verdict verdict, long a, long b, long sampledA, long sampledB, double sigma) {
    double all = a + b;
    double truth = a / all;
    double error = sigma * Math.hypot((double) a, (double) b) / (all * all);
    double tolerance = 4.5 * error;
    double sampled = sampledA / (double) (sampledA + sampledB);
    verdict.holds(
        "share of the long holds: true %.3f, sampled %.3f +- %.3f"
            .formatted(truth, sampled, tolerance),
        Math.abs(sampled - truth) <= tolerance);
  }

  private static void holdLong() {
    hold(LONG_NANOS);
  }

  private static void holdShort() {
    hold(SHORT_NANOS);
  }

  private static void hold(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static long enterMonitor(Object monitor, AtomicLong starts) {
    long start = System.nanoTime();
    starts.addAndGet(start);
    synchronized (monitor) {
      return System.nanoTime() - start;
    }
  }

  /** Two methods that take known shares of the CPU time of one thread, by the thread's clock. */
  private static void compareCpu(Verdict verdict) throws Exception {
    Thread worker = start(EngineTruth::alternate);
    while (COOL_NANOS.get() < 50_000_000) {
      Thread.onSpinWait(); // until what runs is compiled
    }
    capture("profile", CaptureRequest.window(Duration.ofMillis(1)).withHz(HZ)); // starts engines
    long hotBefore = HOT_NANOS.get();
    long coolBefore = COOL_NANOS.get();
    Profile cpu = capture("profile", CaptureRequest.window(WINDOW).withHz(HZ));
    double hotTruth = HOT_NANOS.get() - hotBefore;
    double truth = hotTruth / (hotTruth + COOL_NANOS.get() - coolBefore);
    isOver = true;
    worker.join();
    double hot = Truth.sum(cpu, 0, ".hot");
    double samples = hot + Truth.sum(cpu, 0, ".cool");
    System.out.println(cpu.comments());
    verdict.holds("samples: " + samples, samples >= 30);
    double tolerance = 4.5 * Math.sqrt(truth * (1 - truth) / samples) + 0.02;
    verdict.holds(
        "share of hot: true %.3f, sampled %.3f +- %.3f".formatted(truth, hot / samples, tolerance),
        Math.abs(hot / samples - truth) <= tolerance);
  }

  private static void alternate() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Random lengths = new Random(2);
    while (!isOver) {
      long start = threads.getCurrentThreadCpuTime();
      hot(5 + lengths.nextInt(21));
      long middle = threads.getCurrentThreadCpuTime();
      cool(1 + lengths.nextInt(9));
      HOT_NANOS.addAndGet(middle - start);
      COOL_NANOS.addAndGet(threads.getCurrentThreadCpuTime() - middle);
    }
  }

  private static void hot(int millis) {
    Truth.spin(millis);
  }

  private static void cool(int millis) {
    Truth.spin(millis);
  }
}
