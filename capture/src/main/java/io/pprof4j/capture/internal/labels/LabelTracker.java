// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.ThreadLists;
import io.pprof4j.profile.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
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
  private volatile Function<Thread, List<Label>> inherited = thread -> List.of();
  private volatile boolean used;

  private LabelTracker() {}

  /** The tracker of this JVM. */
  public static LabelTracker get() {
    return JVM;
  }

  /**
   * Notes that the calling thread sets labels.
   *
   * @return what it had set before, null if nothing; to be given to {@link #end}
   */
  public @Nullable List<Label> begin(List<Label> before, List<Label> after) {
    used = true;
    tell(before, after);
    return labelsOfThread.put(ThreadIds.of(Thread.currentThread()), after);
  }

  /**
   * Notes that the calling thread no longer has labels that it set.
   *
   * @param own what {@link #begin} returned; null leaves nothing of the thread behind
   */
  public void end(List<Label> before, List<Label> after, @Nullable List<Label> own) {
    long thread = ThreadIds.of(Thread.currentThread());
    if (own == null) {
      labelsOfThread.remove(thread);
    } else {
      labelsOfThread.put(thread, own);
    }
    tell(before, after);
  }

  private void tell(List<Label> before, List<Label> after) {
    Listener told = listener;
    if (told != null) {
      told.changed(before, after);
    }
  }

  /** The labels that a thread set itself, empty if it has none. */
  public List<Label> labelsOf(long thread) {
    return labelsOfThread.getOrDefault(thread, List.of());
  }

  /** The labels of a thread, set by itself or inherited. */
  public List<Label> labelsOf(Thread thread) {
    if (!used) {
      return List.of();
    }
    List<Label> own = labelsOfThread.get(ThreadIds.of(thread));
    return own == null ? inherited.apply(thread) : own;
  }

  /** Sets how to find what a thread inherited. */
  public void inherited(Function<Thread, List<Label>> find) {
    inherited = find;
  }

  /** The labels of all platform threads that have any, by the threads' identifiers. */
  Map<Long, List<Label>> labelsOfPlatformThreads() {
    Map<Long, List<Label>> labels = new HashMap<>();
    if (used) {
      for (Thread thread : ThreadLists.platformThreads()) {
        List<Label> some = labelsOf(thread);
        if (!some.isEmpty()) {
          labels.put(ThreadIds.of(thread), some);
        }
      }
    }
    return labels;
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
