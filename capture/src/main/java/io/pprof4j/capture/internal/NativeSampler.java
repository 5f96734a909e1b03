// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The native methods of the library under {@code capture/native}.
 *
 * <p>A JVM has one library and so one of these, given by {@link #get()}. The methods of the heap
 * sampler exclude each other; those that take stacks of threads may run beside them and beside each
 * other.
 *
 * <h2>For the threads engine</h2>
 *
 * <pre>{@code
 * NativeSampler sampler = NativeSampler.get();
 * ThreadStacks platform = sampler.allStacks(128);            // at a safepoint
 * Lookup lookup = sampler.trustedLookup();                   // jdk.internal.vm.ThreadContainers ...
 * ThreadStacks virtual = sampler.stacksOf(threads, 128);     // one thread after the other
 * }</pre>
 *
 * {@link ThreadStacks} groups threads by equal stack already. Its frames are resolved by {@link
 * #codeTable()}.
 */
public final class NativeSampler {
  /** JVMTI error: another agent of this JVM holds the capability (JVMTI_ERROR_NOT_AVAILABLE). */
  public static final int CAPABILITY_TAKEN = 98;

  /** What a tick answers: the sampler runs. */
  public static final int RUNNING = 1;

  /** What a tick answers: {@link #codeTable()} has methods to learn. */
  public static final int NEW_METHODS = 2;

  /** What a tick answers: samples were many since the last one. */
  public static final int MANY_SAMPLES = 4;

  /** The deepest stack that can be asked for. */
  public static final int MAX_DEPTH = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final CodeTable codeTable =
      new CodeTable(NativeSampler::names, NativeSampler::newMethods);

  /** How often sampling began, each time with no stack known; guarded by lock. */
  private int starts;

  private NativeSampler() {}

  /** Loads once; an obstacle is kept too, since trying again would meet it again. */
  private static final class Holder {
    static final @Nullable NativeSampler SAMPLER;
    static final String OBSTACLE;

    static {
      NativeSampler sampler = null;
      String obstacle = "";
      try {
        NativeLibrary.load();
        sampler = new NativeSampler();
      } catch (EngineUnavailableException e) {
        obstacle = String.valueOf(e.getMessage());
      } catch (RuntimeException | LinkageError e) {
        obstacle = "the native sampler cannot be loaded: " + e;
      }
      SAMPLER = sampler;
      OBSTACLE = obstacle;
    }
  }

  /**
   * The library of this JVM; loaded at the first call.
   *
   * @throws EngineUnavailableException if it cannot be loaded, at this call and all later ones
   */
  public static NativeSampler get() throws EngineUnavailableException {
    if (Holder.SAMPLER == null) {
      throw new EngineUnavailableException(Holder.OBSTACLE);
    }
    return Holder.SAMPLER;
  }

  /** Names of the methods that the library's answers refer to by number. */
  public CodeTable codeTable() {
    return codeTable;
  }

  /**
   * Starts sampling allocations.
   *
   * @param interval mean bytes between two samples; 0 takes none, 1 takes all
   * @param depth frames kept of a stack, at most {@link #MAX_DEPTH}
   * @param cpuBudgetPpm millionths of the process's CPU time that sampling may take; 0 is no limit
   * @param memoryBudget bytes that the sampler may hold
   * @param recognition whether stacks may be recognised without being walked
   * @return 0, or the JVMTI error in the way: {@link #CAPABILITY_TAKEN}
   */
  public int startHeap(
      int interval, int depth, int cpuBudgetPpm, long memoryBudget, boolean recognition) {
    lock.lock();
    try {
      int error = start(interval, depth, cpuBudgetPpm, memoryBudget, recognition);
      starts += error == 0 ? 1 : 0;
      return error;
    } finally {
      lock.unlock();
    }
  }

  /** Stops sampling and frees what was sampled. Returns 0, or a JVMTI error: not all was freed. */
  public int stopHeap() {
    lock.lock();
    try {
      return stop();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the interval of a running sampler; returns 0 or a JVMTI error. */
  public int heapInterval(int interval) {
    lock.lock();
    try {
      return setInterval(interval);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The sampler's regular work, four times a second, or ten times where samples are many.
   *
   * @return a set of {@link #RUNNING}, {@link #NEW_METHODS} and {@link #MANY_SAMPLES}
   */
  public int tickHeap() {
    lock.lock();
    try {
      return tick();
    } finally {
      lock.unlock();
    }
  }

  /** Makes what was allocated before this call count as live once a collection has begun. */
  public void markHeap() {
    lock.lock();
    try {
      dropCanary();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The state of all buckets as of the last completed collection, and the figures that go with it.
   *
   * @param knownStacks how many stacks the caller knows of this {@link RawHeap#start}; these are
   *     not told again
   */
  public RawHeap readHeap(int knownStacks) {
    lock.lock();
    try {
      sweep();
      Object[] answer = buckets(knownStacks);
      return new RawHeap(
          starts, (int[]) answer[0], (long[]) answer[1], statistics(), System.currentTimeMillis());
    } finally {
      lock.unlock();
    }
  }

  /** The sampler's own figures, in the order of the library's {@code p4j_statistics}. */
  public long[] heapStatistics() {
    lock.lock();
    try {
      return statistics();
    } finally {
      lock.unlock();
    }
  }

  /** The collectors' pauses, in the layout of the library's {@code p4j_pauses}. */
  public long[] collectorPauses() {
    return pauses();
  }

  /**
   * The stacks of all platform threads, those of up to 256 at one safepoint each time.
   *
   * @param depth frames at most, 1 to {@link #MAX_DEPTH}
   * @throws EngineUnavailableException if the JVM refuses
   */
  public ThreadStacks allStacks(int depth) throws EngineUnavailableException {
    Object @Nullable [] answer = allStacks0(depth);
    if (answer == null) {
      throw new EngineUnavailableException("the JVM does not tell the stacks of its threads");
    }
    return named(new ThreadStacks((Thread[]) answer[0], (int[]) answer[1]));
  }

  /**
   * The stacks of the given threads, platform or virtual, each as it is when its turn comes. A
   * thread that has ended has none.
   *
   * @param depth frames at most, 1 to {@link #MAX_DEPTH}
   */
  public ThreadStacks stacksOf(Thread[] threads, int depth) {
    return named(new ThreadStacks(threads, stacksOf0(threads, depth)));
  }

  /** Where this JVM has its generated code; null if the frames of it are not known (hotspot.c). */
  public @Nullable GeneratedCode generatedCode() {
    lock.lock();
    try {
      long[] range = generatedCode0();
      return range == null ? null : new GeneratedCode(range[0], range[1]);
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many words the frame of generated code at an address has, up to its caller's.
   *
   * @return 0 if that is not known, or the address does not tell what the frame stands for: it is
   *     interpreted, or about to be
   */
  public int frameWords(long pc) {
    return frameWords0(pc);
  }

  /** Most stacks are of methods that were seen before. */
  private ThreadStacks named(ThreadStacks stacks) {
    codeTable.updateFor(stacks.highestMethod());
    return stacks;
  }

  /**
   * The platform threads that may wait for a lock which another thread holds: those at a monitor,
   * and those parked for a lock of {@code java.util.concurrent} that has an owner. Empty if this
   * JDK keeps them in a form that the library does not know, as {@link #knowsLocks} tells.
   */
  public Thread[] lockWaiters() {
    Thread[] waiters = lockWaiters0(AbstractOwnableSynchronizer.class);
    return waiters == null ? new Thread[0] : waiters;
  }

  /** Whether {@link #lockWaiters} and {@link #threadsOf} can look in this JDK. */
  public boolean knowsLocks() {
    return lockWaiters0(AbstractOwnableSynchronizer.class) != null;
  }

  /** The platform threads with the given identifiers, as far as they are alive, in any order. */
  public Thread[] threadsOf(long[] ids) {
    Thread[] threads = threadsOf0(AbstractOwnableSynchronizer.class, ids);
    return threads == null ? new Thread[0] : threads;
  }

  /**
   * The lookup that may see everything in the JDK, to be kept inside this module. The threads
   * engine needs it to list virtual threads: {@code jdk.internal.vm.ThreadContainers.root()}, its
   * {@code children()} and their {@code threads()}, none of which is public.
   */
  public MethodHandles.Lookup trustedLookup() {
    return trustedLookup0();
  }

  /**
   * Makes samples carry the labels of their threads.
   *
   * @param local the inheritable thread-local that holds them
   * @param holder the class of its values, with an int field {@code heapLabels}
   * @return false if this JVM keeps thread-locals in a form that the library does not know
   */
  public boolean useLabels(ThreadLocal<?> local, Class<?> holder) {
    lock.lock();
    try {
      return useLabels0(local, holder);
    } finally {
      lock.unlock();
    }
  }

  private static native int start(
      int interval, int depth, int cpuBudgetPpm, long memoryBudget, boolean recognition);

  private static native int stop();

  private static native int setInterval(int interval);

  private static native int tick();

  private static native void dropCanary();

  private static native void sweep();

  private static native Object[] buckets(int knownStacks);

  private static native byte[] names(int fromString, int fromMethod);

  private static native Object @Nullable [] newMethods();

  private static native long[] statistics();

  private static native boolean useLabels0(ThreadLocal<?> local, Class<?> holder);

  private static native long[] pauses();

  private static native Object @Nullable [] allStacks0(int depth);

  private static native int[] stacksOf0(Thread[] threads, int depth);

  private static native Thread @Nullable [] lockWaiters0(
      Class<AbstractOwnableSynchronizer> synchronizer);

  private static native Thread @Nullable [] threadsOf0(
      Class<AbstractOwnableSynchronizer> synchronizer, long[] ids);

  private static native long @Nullable [] generatedCode0();

  private static native int frameWords0(long pc);

  private static native MethodHandles.Lookup trustedLookup0();
}
