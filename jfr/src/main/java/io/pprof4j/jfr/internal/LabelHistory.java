// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.LabelChanges;
import io.pprof4j.profile.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which labels each thread had at which time, as far as a recording tells. */
final class LabelHistory {
  /** How many generations of threads labels are inherited through. */
  private static final int MAX_GENERATIONS = 16;

  private record Change(int before, int after) {}

  private record Birth(long parent, long time) {}

  private final Map<Long, NavigableMap<Long, Change>> changesOfThread = new HashMap<>();
  private final Map<Long, Birth> births = new HashMap<>();
  private final Map<String, Integer> numberOfText = new HashMap<>();
  private final List<List<Label>> lists = new ArrayList<>();

  LabelHistory() {
    number(""); // no labels are number 0
  }

  /**
   * A thread's labels change.
   *
   * @param thread as Java numbers it
   * @param time in nanoseconds since the epoch
   */
  void change(long thread, long time, String before, String after) {
    changesOfThread
        .computeIfAbsent(thread, added -> new TreeMap<>())
        .put(time, new Change(number(before), number(after)));
  }

  private int number(String text) {
    return numberOfText.computeIfAbsent(
        text,
        added -> {
          lists.add(LabelChanges.decode(text));
          return lists.size() - 1;
        });
  }

  /** A thread starts, with the labels of the one that started it. */
  void birth(long thread, long parent, long time) {
    births.put(thread, new Birth(parent, time));
  }

  /** Whether no thread has labels. */
  boolean isEmpty() {
    return changesOfThread.isEmpty();
  }

  /** The number of a thread's labels at a time; 0 if it has none. */
  int at(long thread, long time) {
    return at(thread, time, MAX_GENERATIONS);
  }

  private int at(long thread, long time, int generations) {
    NavigableMap<Long, Change> changes = changesOfThread.get(thread);
    if (changes != null) {
      Map.Entry<Long, Change> last = changes.floorEntry(time);
      return last != null ? last.getValue().after() : changes.firstEntry().getValue().before();
    }
    Birth birth = births.get(thread);
    return birth == null || generations == 0
        ? 0
        : at(birth.parent(), birth.time(), generations - 1);
  }

  /** The labels of a number. */
  List<Label> labels(int number) {
    return lists.get(number);
  }
}
