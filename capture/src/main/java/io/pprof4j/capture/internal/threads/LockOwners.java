// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.capture.internal.VirtualThreads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK knows of threads and keeps to itself: who owns a lock of java.util.concurrent, and
 * which thread carries a virtual one. Takes the native library's lookup; without it nothing is
 * known.
 */
final class LockOwners {
  private static final @Nullable LockOwners JVM = find();

  private final MethodHandle ownerOfLock;
  private final @Nullable MethodHandle carrierOfThread;

  private LockOwners(MethodHandles.Lookup trusted) throws ReflectiveOperationException {
    ownerOfLock =
        trusted.findVirtual(
            AbstractOwnableSynchronizer.class,
            "getExclusiveOwnerThread",
            MethodType.methodType(Thread.class));
    carrierOfThread = carrier(trusted);
  }

  private static @Nullable LockOwners find() {
    try {
      return new LockOwners(NativeSampler.get().trustedLookup());
    } catch (EngineUnavailableException | ReflectiveOperationException | RuntimeException e) {
      return null; // no library, or the JDK has changed
    }
  }

  private static @Nullable MethodHandle carrier(MethodHandles.Lookup trusted) {
    try {
      Class<?> type = trusted.findClass("java.lang.VirtualThread");
      return trusted.findGetter(type, "carrierThread", Thread.class);
    } catch (ReflectiveOperationException e) {
      return null; // older than 21
    }
  }

  /** The thread that holds what another is parked for; null if nobody does or it is no lock. */
  static @Nullable Thread ownerOf(Object blocker) {
    if (JVM == null || !(blocker instanceof AbstractOwnableSynchronizer lock)) {
      return null;
    }
    try {
      return (Thread) JVM.ownerOfLock.invoke(lock);
    } catch (Throwable e) {
      return null; // a lock of the application's own, which may do what it likes
    }
  }

  /** The thread that a virtual thread runs on; null if it runs on none, or is no virtual one. */
  static @Nullable Thread carrierOf(Thread thread) {
    if (JVM == null || JVM.carrierOfThread == null || !VirtualThreads.isVirtual(thread)) {
      return null;
    }
    try {
      return (Thread) JVM.carrierOfThread.invoke(thread);
    } catch (Throwable e) {
      return null; // not the JDK's implementation of virtual threads
    }
  }
}
