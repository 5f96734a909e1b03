// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.child;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.capture.Truth;
import io.pprof4j.profile.Profile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.FlightRecorder;
import jdk.jfr.RecordingState;

/** Threads, waits and CPU time that are known, against the profiles of them. */
public final class EngineTruth {
  private static final int HZ = 250;
  private static final int THREADS = 30;
  private static final Duration WINDOW = Duration.ofSeconds(2);

  private static final int HOLDS = 8;
  private static final long HOLD_NANOS = 150_000_000;

  /** Eight holds take 1.2 s; a loaded machine takes longer to begin and end them. */
  private static final Duration WAITS = Duration.ofSeconds(3);

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

  /** A monitor is held a known time again and again while two threads want it. */
  private static void compareWaits(Verdict verdict) throws Exception {
    FutureTask<Profile> block = window("block");
    FutureTask<Profile> mutex = window("mutex");
    awaitRecording();
    Object monitor = new Object();
    AtomicLong waitedNanos = new AtomicLong();
    long heldNanos = 0;
    for (int hold = 0; hold < HOLDS; hold++) {
      List<Thread> waiters = new ArrayList<>();
      AtomicLong starts = new AtomicLong();
      synchronized (monitor) {
        for (int waiter = 0; waiter < 2; waiter++) {
          waiters.add(start(() -> waitedNanos.addAndGet(enterMonitor(monitor, starts))));
        }
        awaitState(waiters, Thread.State.BLOCKED);
        holdMonitor();
        heldNanos += 2 * System.nanoTime() - starts.get();
      }
      for (Thread waiter : waiters) {
        waiter.join();
      }
    }
    long truth = waitedNanos.get();
    long blocked = Truth.sum(block.get(), 1, ".enterMonitor");
    verdict.share("waits", 2L * HOLDS, Truth.sum(block.get(), 0, ".enterMonitor"), 0);
    verdict.share("waiting by waiter", truth, blocked, 0.05);
    // Less than that: a waiter is not let in at once, and the other one may be before it.
    compareHolder(verdict, heldNanos, mutex.get());
  }

  /**
   * Looks at locks come at random times: at each end of each hold, up to the pause between two is
   * seen too much or too little, for two waiters. That is an even distribution, hence the 12.
   * Pauses are between half the mean and one and a half of it, and an end falls into a long one
   * more often: a mean square of 1.25 times the mean's. On a loaded machine single pauses are far
   * longer, and the longest counts apart.
   */
  private static void compareHolder(Verdict verdict, long truth, Profile mutex) {
    String[] receipt =
        mutex.comments().stream()
            .filter(comment -> comment.startsWith("looks: "))
            .findFirst()
            .orElseThrow()
            .split("[ ,]+", -1);
    long looks = Long.parseLong(receipt[1]);
    double longest = Long.parseLong(receipt[10]) * 1e6;
    double pause = (double) mutex.durationNanos() / looks;
    double sigma = 2 * Math.sqrt((2.0 * HOLDS * 1.25 * pause * pause + longest * longest) / 12);
    long held = Truth.sum(mutex, 1, ".holdMonitor");
    System.out.println(
        "%d looks, one in %.1f ms, the longest pause %.0f ms; sigma %.1f %%"
            .formatted(looks, pause / 1e6, longest / 1e6, 100 * sigma / truth));
    // More threads than processors delay single looks by far more than the mean, hence the fifth.
    double plain = 2 * pause * Math.sqrt(2.0 * HOLDS / 12);
    double share = Math.min(0.05 + 4.5 * sigma / truth, 0.2 + 4.5 * plain / truth);
    verdict.share("waiting by holder", truth, held, share);
    verdict.holds("holder's share", held >= mutex.total(1) * 8 / 10);
  }

  private static FutureTask<Profile> window(String kind) {
    FutureTask<Profile> task = new FutureTask<>(() -> capture(kind, CaptureRequest.window(WAITS)));
    start(task);
    return task;
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

  private static void holdMonitor() {
    long end = System.nanoTime() + HOLD_NANOS;
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
