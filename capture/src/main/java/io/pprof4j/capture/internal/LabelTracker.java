// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.profile.Label;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Which labels each thread has, for samplers that look at threads from outside. */
public final class LabelTracker {
  /**
   * Told of every change of a thread's labels, by that thread; must be quick and must not throw.
   */
  @FunctionalInterface
  public interface Listener {
    /** The calling thread's labels change. */
    void changed(List<Label> before, List<Label> after);
  }

  private static final LabelTracker JVM = new LabelTracker();

  private final ConcurrentMap<Long, List<Label>> labelsOfThread = new ConcurrentHashMap<>();
  private volatile @Nullable Listener listener;
  private volatile boolean used;

  private LabelTracker() {}

  /** The tracker of this JVM. */
  public static LabelTracker get() {
    return JVM;
  }

  /** Notes that the calling thread's labels change. */
  public void change(List<Label> before, List<Label> after) {
    used = true;
    long thread = ThreadIds.of(Thread.currentThread());
    if (after.isEmpty()) {
      labelsOfThread.remove(thread);
    } else {
      labelsOfThread.put(thread, after);
    }
    Listener told = listener;
    if (told != null) {
      told.changed(before, after);
    }
  }

  /** The labels that a thread set itself, empty if it has none. */
  public List<Label> labelsOf(long thread) {
    return labelsOfThread.getOrDefault(thread, List.of());
  }

  /** Forgets a thread that has ended. */
  public void forget(long thread) {
    labelsOfThread.remove(thread);
  }

  /** Whether this JVM has ever set a label; if not, samplers need not look. */
  public boolean isUsed() {
    return used;
  }

  /** Sets who is told of changes; null for nobody. */
  public void listener(@Nullable Listener newListener) {
    listener = newListener;
  }
}
