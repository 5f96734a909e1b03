// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.profile.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many threads of this JVM have the same stack, state and labels, at about one moment. Not safe
 * for use by several threads.
 */
public final class ThreadTally {
  private record Key(List<JavaFrame> frames, Thread.State state, List<Label> labels) {}

  private final Map<Key, Long> counts = new HashMap<>();
  private final List<String> comments;

  /**
   * A tally of no thread yet.
   *
   * @param comments what a reader should know of how the threads were looked at
   */
  ThreadTally(List<String> comments) {
    this.comments = new ArrayList<>(comments);
  }

  /** The tally of a dump. */
  static ThreadTally of(ThreadDump dump) {
    ThreadTally tally = new ThreadTally(dump.comments());
    for (DumpedThread thread : dump.threads()) {
      tally.add(thread.frames(), thread.state().state(), thread.labels(), 1);
    }
    return tally;
  }

  void add(List<JavaFrame> frames, Thread.State state, List<Label> labels, long threads) {
    counts.merge(new Key(frames, state, labels), threads, Long::sum);
  }

  /** Adds to what a reader should know. */
  void comment(String comment) {
    comments.add(comment);
  }

  List<String> comments() {
    return List.copyOf(comments);
  }

  /** Adds the threads to the sums of a profile, the state as one more label. */
  void addTo(StackCounts sums) {
    counts.forEach(
        (key, threads) -> {
          List<Label> labels = new ArrayList<>(key.labels);
          labels.add(Label.of("state", key.state.name()));
          sums.add(new StackKey(key.frames, labels), threads);
        });
  }
}
