// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.jfr.MethodDetails;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/**
 * Which stacks held the locks that others waited for. A thread looks at the locks at random times
 * and adds the time since the look before to the stacks of the holders, once per waiter.
 */
public final class MutexSource extends ContentionSource {
  private static final Logger LOG = System.getLogger(MutexSource.class.getName());

  private final LockWatch watch;
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private final List<Window> windows = new ArrayList<>();
  private int fraction;
  private boolean isRunning;

  private record Window(StackCounts sums, long fraction) {}

  /** A source that is off. */
  public MutexSource(FrameAddresses addresses, MethodDetails details) {
    super(ProfileKind.MUTEX, "Stack traces of holders of contended monitors and locks.", addresses);
    this.watch = new LockWatch(details);
  }

  /** The fraction of the profile since the start; 0 if it is off. */
  public int fraction() {
    lock.lock();
    try {
      return fraction;
    } finally {
      lock.unlock();
    }
  }

  /** Turns the profile since the start on or off. */
  public void setFraction(int newFraction) {
    lock.lock();
    try {
      fraction = newFraction;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Starts the watching thread if it is needed, and lets it notice the change. */
  private void wake() {
    changed.signalAll();
    if (!isRunning && finest() > 0) {
      isRunning = true;
      DaemonThreads.start("mutex", this::watchLocks);
    }
  }

  /** The smallest fraction that anyone wants; 0 if nobody does. */
  private long finest() {
    long finest = fraction;
    for (Window window : windows) {
      finest = finest == 0 ? window.fraction() : Math.min(finest, window.fraction());
    }
    return finest;
  }

  private void watchLocks() {
    LockWatch.Looks looks = watch.begin();
    while (awaitNextLook(looks)) {
      try {
        add(looks.look());
      } catch (RuntimeException | OutOfMemoryError e) {
        // The JVM may be short of memory for a moment; the next look is another try.
        LOG.log(Level.DEBUG, "mutex profile: a look at the locks failed", e);
      }
    }
  }

  private void add(List<LockWatch.Held> held) {
    lock.lock();
    try {
      for (LockWatch.Held one : held) {
        if (fraction > 0) {
          sums.add(one.holder(), one.contentions(), one.delayNanos());
        }
        windows.forEach(
            window -> window.sums().add(one.holder(), one.contentions(), one.delayNanos()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the time of the next look; false when nobody wants another. */
  private boolean awaitNextLook(LockWatch.Looks looks) {
    lock.lock();
    try {
      long deadline = System.nanoTime() + looks.pauseNanos(finest());
      for (long left = 1; left > 0; left = deadline - System.nanoTime()) {
        if (finest() == 0) {
          isRunning = false;
          return false;
        }
        changed.awaitNanos(Math.max(1, deadline - System.nanoTime()));
      }
      return true;
    } catch (InterruptedException e) {
      // Somebody interrupts all threads of the JVM; ours ends when nobody wants it any more.
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The delays are whole already, so a reader must not scale them by the fraction. */
  @Override
  void writeText(SampleText text, Profile snapshot, Appendable out) throws IOException {
    text.writeContentions("mutex", 1, snapshot, out);
  }

  @Override
  Profile snapshot() {
    lock.lock();
    try {
      String state =
          fraction == 0
              ? "off: set the mutex profile fraction, or ask for seconds=N"
              : "fraction: 1/" + fraction;
      return sums.toProfile(
          header -> describe(header, Windows.nowNanos(), 0, comments(state, sums)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  Profile window(CaptureRequest request) throws InterruptedException {
    Window window = new Window(newSums(), Math.max(1, request.rate().orElse(1)));
    long startNanos = Windows.nowNanos();
    lock.lock();
    try {
      windows.add(window);
      wake();
    } finally {
      lock.unlock();
    }
    try {
      Windows.sleep(request.duration());
    } finally {
      lock.lock();
      try {
        windows.remove(window);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    long durationNanos = Windows.nowNanos() - startNanos;
    return window
        .sums()
        .toProfile(
            header ->
                describe(
                    header,
                    startNanos,
                    durationNanos,
                    comments("fraction: 1/" + window.fraction(), window.sums())));
  }

  private List<String> comments(String state, StackCounts counted) {
    return List.of(
        "# engine: lock owners looked at by ThreadMXBean",
        state,
        "# samples: holders with %d stacks held".formatted(counted.size()),
        watch.receipt(),
        "waits and holders that are virtual threads are missing: the JVM does not tell");
  }
}
