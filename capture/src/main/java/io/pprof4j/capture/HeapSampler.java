// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.DaemonThreads;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.labels.LabelSets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Samples the allocations of this JVM and watches which of the sampled objects stay alive: the
 * engine behind {@code heap} and {@code allocs}. It is meant to run always.
 *
 * <p>There is one for each JVM, because the JVM gives one agent the right to sample. Safe for use
 * by several threads.
 *
 * <pre>{@code
 * HeapSampler sampler = HeapSampler.get();
 * sampler.start(HeapOptions.fromSystemProperties());
 * ...
 * Profile profile = sampler.snapshot().heapProfile();
 * }</pre>
 */
public final class HeapSampler {
  private static final long SHORT_PAUSE_NANOS = 100_000_000;
  private static final long LONG_PAUSE_NANOS = 250_000_000;
  private static final int TICKS_PER_LOOK = 10;

  /** What a sampler does. */
  public enum State {
    /** Nothing; it was not started, or stopped. */
    OFF,
    /** Sampling; also when the interval is 0 and no sample is taken. */
    RUNNING,
    /** Another agent holds the JVM's one right to sample; taken over as soon as it is free. */
    WAITING
  }

  private final NativeSampler library;
  private final HeapReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  // Changed under lock.
  private volatile State state = State.OFF;
  private HeapOptions options = HeapOptions.defaults();
  private volatile @Nullable Thread thread;

  private HeapSampler(NativeSampler library) {
    this.library = library;
    this.reader = new HeapReader(library);
  }

  private static final class Holder {
    static final Optional<HeapSampler> SAMPLER = create();

    private static Optional<HeapSampler> create() {
      try {
        return Optional.of(new HeapSampler(NativeSampler.get()));
      } catch (EngineUnavailableException e) {
        return Optional.empty(); // get() says why, each time
      }
    }
  }

  /**
   * The sampler of this JVM. The first call loads the native library.
   *
   * @throws EngineUnavailableException if the library cannot be loaded
   */
  public static HeapSampler get() throws EngineUnavailableException {
    NativeSampler.get();
    return Holder.SAMPLER.orElseThrow();
  }

  /**
   * Starts sampling, from zero. Does nothing if it was started already.
   *
   * @return {@link State#RUNNING}, or {@link State#WAITING} if another agent is sampling
   * @throws EngineUnavailableException if the JVM refuses for another reason
   */
  public State start(HeapOptions wish) throws EngineUnavailableException {
    lock.lock();
    try {
      if (state == State.OFF) {
        options = wish;
        state = tryStart();
        startThread();
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  private State tryStart() throws EngineUnavailableException {
    int error =
        library.startHeap(
            options.interval(),
            options.stackDepth(),
            (int) Math.round(options.cpuBudget() * 1e6),
            options.memoryBudget(),
            options.recognition());
    if (error == NativeSampler.CAPABILITY_TAKEN) {
      return State.WAITING;
    }
    if (error == 0) {
      LabelSets.get().areFor(library);
    }
    if (error != 0) {
      throw new EngineUnavailableException(
          "the JVM refuses to sample allocations (JVMTI error %d)".formatted(error));
    }
    return State.RUNNING;
  }

  private void startThread() {
    Thread worker = DaemonThreads.lasting("heap", this::work);
    thread = worker;
    worker.start();
  }

  /** The thread's work: sweeps, canaries, budgets, and another try when another agent was first. */
  private void work() {
    int ticks = 0;
    long pauseNanos = SHORT_PAUSE_NANOS;
    boolean hasTold = false;
    while (awaitTick(pauseNanos)) {
      try {
        ticks = ticks + 1;
        if (state != State.WAITING) {
          pauseNanos = tick() ? SHORT_PAUSE_NANOS : LONG_PAUSE_NANOS;
          hasTold = hasTold || (ticks % TICKS_PER_LOOK == 0 && tellMistakes());
        } else if (ticks % TICKS_PER_LOOK == 0) {
          retry();
        }
      } catch (EngineUnavailableException | RuntimeException | OutOfMemoryError e) {
        // Nothing may escape into the host; the next tick tries again.
        DaemonThreads.note("heap sampler: a tick failed", e);
      }
    }
  }

  /** Whether there is so much to do that the next tick should come soon. */
  private boolean tick() {
    int answer = library.tickHeap();
    if ((answer & NativeSampler.NEW_METHODS) != 0) {
      library.codeTable().update();
    }
    return (answer & NativeSampler.MANY_SAMPLES) != 0;
  }

  /** Says in the log that recognising stacks went wrong, which it must not; false if it did not. */
  private boolean tellMistakes() {
    HeapStatistics now = statistics();
    if (now.mistaken() == 0) {
      return false;
    }
    log()
        .log(
            Level.WARNING,
            "heap sampler: of {0} samples whose stacks were recognised by their return addresses, {1}"
                + " of those that were walked too had another one; -Dpprof4j.heap.recognition=false"
                + " has all of them walked. Please report this.",
            now.recognised(),
            now.mistaken());
    return true;
  }

  /**
   * Waits for the next tick; false when this thread is no longer the sampler's. There is no lock
   * and no condition, as what runs so rarely is never compiled and was most of what a tick cost.
   */
  private boolean awaitTick(long nanos) {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0 && thread == Thread.currentThread()) {
      LockSupport.parkNanos(this, left);
      // Somebody interrupts all threads of the JVM; ours ends when the sampler stops.
      Thread.interrupted();
      left = end - System.nanoTime();
    }
    return thread == Thread.currentThread();
  }

  private void retry() throws EngineUnavailableException {
    lock.lock();
    try {
      if (state == State.WAITING && thread == Thread.currentThread()) {
        state = tryStart();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops sampling and forgets all samples. Does nothing if it is off. */
  public void stop() {
    Thread worker;
    lock.lock();
    try {
      if (state == State.OFF) {
        return;
      }
      worker = thread;
      thread = null;
      LockSupport.unpark(worker);
      if (state == State.RUNNING && library.stopHeap() != 0) {
        log()
            .log(
                Level.WARNING,
                "heap sampler: a suspended thread keeps its memory from being freed");
      }
      // Classes seen by the last samples are held until they have been asked where they came from.
      library.codeTable().update();
      state = State.OFF;
    } finally {
      lock.unlock();
    }
    reader.forget();
    join(worker);
  }

  private static void join(@Nullable Thread worker) {
    try {
      if (worker != null && worker != Thread.currentThread()) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ends by itself
    }
  }

  /** What the sampler does now. */
  public State state() {
    return state;
  }

  /** The options it was started with, with the interval that was last wished. */
  public HeapOptions options() {
    lock.lock();
    try {
      return options;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes the interval without losing what was sampled: each sample counts by the interval it was
   * taken with.
   *
   * @param bytes mean bytes between two samples; 0 takes none, 1 takes all
   */
  public void setInterval(int bytes) {
    lock.lock();
    try {
      options = options.withInterval(bytes);
      if (state == State.RUNNING) {
        library.heapInterval(bytes);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Collects garbage ({@code gc=1}), so that the next snapshot tells what is alive now, with all
   * that was allocated before this call looked at. Does nothing in a JVM with {@code
   * -XX:+DisableExplicitGC}.
   */
  public void collect() {
    library.codeTable().update(); // lets go of the classes it had to ask about
    library.markHeap();
    System.gc();
  }

  /**
   * Everything sampled since the start. Stops no thread of the application. Empty if the sampler is
   * off.
   */
  public HeapSnapshot snapshot() {
    return reader.read();
  }

  /** The sampler's figures, without its samples. */
  public HeapStatistics statistics() {
    return HeapStatistics.of(library.heapStatistics());
  }

  /** The pauses of the garbage collectors since the library was loaded, sampling or not. */
  public CollectorPauses pauses() {
    return new CollectorPauses(library.collectorPauses());
  }

  /** Asked for late: the first one starts logging, which the application may want to set up. */
  private static Logger log() {
    return System.getLogger(HeapSampler.class.getName());
  }
}
