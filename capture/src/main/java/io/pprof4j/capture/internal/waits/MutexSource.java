// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.internal.DaemonThreads;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.jfr.MethodDetails;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/**
 * Which stacks held the locks that others waited for. A thread looks at the locks at random times
 * and adds the time between looks to the stacks of the holders, once per waiter.
 */
public final class MutexSource extends ContentionSource {
  private final LockWatch watch;
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private final List<Window> windows = new ArrayList<>();
  private int fraction;
  private boolean isRunning;

  /** How long a window waits for the look that ends it: looks are a matter of milliseconds. */
  private static final long MAX_LAST_LOOK_NANOS = 1_000_000_000;

  /** A request's window; all but the sums' stacks guarded by lock. */
  private static final class Window {
    private final StackCounts sums = newSums();
    private final long fraction;
    private final long startNanos = System.nanoTime();
    private long endNanos;

    /** The time is over, and a last look is wanted. */
    private boolean isEnding;

    Window(long fraction) {
      this.fraction = fraction;
    }
  }

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
      DaemonThreads.lasting("mutex", this::watchLocks).start();
    }
  }

  /** The smallest fraction that anyone wants; 0 if nobody does. */
  private long finest() {
    long finest = fraction;
    for (Window window : windows) {
      finest = finest == 0 ? window.fraction : Math.min(finest, window.fraction);
    }
    return finest;
  }

  private void watchLocks() {
    LockWatch.Looks looks = watch.begin();
    do {
      try {
        add(looks.look());
      } catch (RuntimeException | OutOfMemoryError e) {
        // The JVM may be short of memory for a moment; the next look is another try.
        DaemonThreads.note("mutex profile: a look at the locks failed", e);
        endWindows();
      }
    } while (awaitNextLook(looks));
  }

  private void add(LockWatch.Span span) {
    lock.lock();
    try {
      if (fraction > 0) {
        span.addTo(sums, span.sinceNanos(), span.untilNanos());
      }
      for (Window window : windows) {
        long end = window.isEnding ? window.endNanos : span.untilNanos();
        span.addTo(window.sums, window.startNanos, end);
      }
      endWindows();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the windows whose last look this was. */
  private void endWindows() {
    lock.lock();
    try {
      if (windows.removeIf(window -> window.isEnding)) {
        changed.signalAll();
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
        if (isLookWanted()) {
          return true;
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

  private boolean isLookWanted() {
    for (Window window : windows) {
      if (window.isEnding) {
        return true;
      }
    }
    return false;
  }

  /** The delays are whole already, so a reader must not scale them by the fraction. */
  @Override
  void writeText(SampleText text, Profile snapshot, Appendable out) throws IOException {
    text.writeContentions("mutex", 1, snapshot, out);
  }

  @Override
  Profile snapshot() throws InterruptedException {
    lock.lock();
    try {
      if (isRunning) {
        Window untilNow = new Window(Math.max(1, fraction));
        windows.add(untilNow);
        awaitLastLook(untilNow);
        windows.remove(untilNow);
      }
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
    Window window = new Window(Math.max(1, request.rate().orElse(1)));
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
      awaitLastLook(window);
    } finally {
      lock.lock();
      try {
        windows.remove(window);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    return window.sums.toProfile(
        header ->
            describe(
                header,
                startNanos,
                window.endNanos - window.startNanos,
                comments("fraction: 1/" + window.fraction, window.sums)));
  }

  /** The time since the last look before its end belongs to the window too. */
  private void awaitLastLook(Window window) throws InterruptedException {
    lock.lock();
    try {
      window.endNanos = System.nanoTime();
      window.isEnding = true;
      changed.signalAll();
      long left = MAX_LAST_LOOK_NANOS;
      while (left > 0 && windows.contains(window)) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
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
