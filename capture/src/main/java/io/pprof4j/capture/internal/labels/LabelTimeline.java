// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.jfr.LabelChanges;
import io.pprof4j.jfr.Threads;
import io.pprof4j.profile.Label;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/** Which labels each thread had at which time of a recording. */
final class LabelTimeline {
  /** How many generations of threads labels are inherited through. */
  private static final int MAX_GENERATIONS = 16;

  private record Change(List<Label> before, List<Label> after) {}

  private record Birth(long parent, Instant time) {}

  private final Map<Long, NavigableMap<Instant, Change>> changesOfThread = new HashMap<>();
  private final Map<Long, Birth> births = new HashMap<>();
  private final Map<Long, List<Label>> atEnd = LabelTracker.get().labelsOfPlatformThreads();
  private final Map<String, List<Label>> decoded = new HashMap<>();

  /** Learns from an event, whichever it is. */
  void note(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case LabelChangeEvent.NAME -> noteChange(event);
      case "jdk.ThreadStart" -> noteBirth(event);
      default -> {} // no matter here
    }
  }

  private void noteChange(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    if (thread != null) {
      Change change =
          new Change(
              labels(event.getString(LabelChanges.BEFORE)),
              labels(event.getString(LabelChanges.AFTER)));
      changesOfThread
          .computeIfAbsent(thread.getJavaThreadId(), added -> new TreeMap<>())
          .put(event.getStartTime(), change);
    }
  }

  private List<Label> labels(String text) {
    return text == null ? List.of() : decoded.computeIfAbsent(text, LabelChanges::decode);
  }

  private void noteBirth(RecordedEvent event) {
    RecordedThread child = event.getThread("thread");
    RecordedThread parent = event.getThread("parentThread");
    if (child != null && parent != null) {
      births.put(
          child.getJavaThreadId(), new Birth(parent.getJavaThreadId(), event.getStartTime()));
    }
  }

  /** The labels of an event's thread at its time. */
  List<Label> of(RecordedEvent event) {
    if (!LabelTracker.get().isUsed()) {
      return List.of();
    }
    return Threads.of(event)
        .map(thread -> at(thread.getJavaThreadId(), event.getStartTime(), MAX_GENERATIONS))
        .orElse(List.of());
  }

  private List<Label> at(long thread, Instant time, int generations) {
    NavigableMap<Instant, Change> changes = changesOfThread.get(thread);
    if (changes != null) {
      Map.Entry<Instant, Change> last = changes.floorEntry(time);
      return last != null ? last.getValue().after() : changes.firstEntry().getValue().before();
    }
    Birth birth = births.get(thread);
    if (birth != null && generations > 0) {
      return at(birth.parent(), birth.time(), generations - 1);
    }
    return atEnd.getOrDefault(thread, LabelTracker.get().labelsOf(thread));
  }
}
