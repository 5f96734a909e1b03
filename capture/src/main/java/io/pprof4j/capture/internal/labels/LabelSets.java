// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.profile.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for sets of labels, by which the native sampler tells them apart. As a number is kept for
 * ever, there are bounds: a key with too many values (the identifier of a request, say) is left out
 * of new sets, and the other keys stay.
 */
public final class LabelSets {
  /** The number of the empty set. */
  public static final int NONE = 0;

  static final int MAX_SETS = 4096;
  static final int MAX_VALUES = 256;

  private static final LabelSets JVM = new LabelSets();

  private final ConcurrentMap<Map<String, String>, Integer> numberOfSet = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final List<List<Label>> sets = new ArrayList<>(List.of(List.of()));
  private final Map<String, Set<String>> valuesOfKey = new TreeMap<>();
  private final Set<String> crowdedKeys = new TreeSet<>();
  private boolean isFull;
  private @Nullable NativeSampler library;
  private @Nullable ThreadLocal<?> local;
  private @Nullable Class<?> holder;

  /** An empty table. */
  LabelSets() {}

  /** The table of this JVM. */
  public static LabelSets get() {
    return JVM;
  }

  /**
   * Says where the labels of threads are: in a thread-local, as objects of a class whose int field
   * {@code heapLabels} is the number of their set.
   */
  public void areIn(ThreadLocal<?> newLocal, Class<?> newHolder) {
    lock.lock();
    try {
      local = newLocal;
      holder = newHolder;
      connect();
    } finally {
      lock.unlock();
    }
  }

  /** Says which sampler is to know the labels of threads, as soon as there are any. */
  public void areFor(NativeSampler newLibrary) {
    lock.lock();
    try {
      library = newLibrary;
      connect();
    } finally {
      lock.unlock();
    }
  }

  /** A JVM without labels is spared the cost of looking for them at each sample. */
  private void connect() {
    if (library != null && local != null && holder != null) {
      library.useLabels(local, holder);
    }
  }

  /** The number of a set, the same for equal sets; {@link #NONE} when there are too many. */
  public int number(Map<String, String> valueOfKey) {
    if (valueOfKey.isEmpty()) {
      return NONE;
    }
    Integer known = numberOfSet.get(valueOfKey);
    return known != null ? known : add(valueOfKey);
  }

  private int add(Map<String, String> valueOfKey) {
    lock.lock();
    try {
      Map<String, String> kept = new TreeMap<>(valueOfKey);
      kept.entrySet().removeIf(label -> isCrowded(label.getKey(), label.getValue()));
      if (kept.isEmpty()) {
        return NONE;
      }
      Integer known = numberOfSet.get(kept);
      if (known != null) {
        return known;
      }
      if (sets.size() > MAX_SETS) {
        isFull = true;
        return NONE;
      }
      List<Label> labels = new ArrayList<>();
      kept.forEach((key, value) -> labels.add(Label.of(key, value)));
      numberOfSet.put(kept, sets.size());
      sets.add(List.copyOf(labels));
      return sets.size() - 1;
    } finally {
      lock.unlock();
    }
  }

  private boolean isCrowded(String key, String value) {
    Set<String> values = valuesOfKey.computeIfAbsent(key, added -> new HashSet<>());
    if (values.size() < MAX_VALUES) {
      values.add(value);
    }
    boolean isCrowded = !values.contains(value);
    if (isCrowded && crowdedKeys.size() < MAX_VALUES) {
      crowdedKeys.add(key);
    }
    return isCrowded;
  }

  /** The sets known by now; the number of each is its place. */
  public List<List<Label>> all() {
    lock.lock();
    try {
      return List.copyOf(sets);
    } finally {
      lock.unlock();
    }
  }

  /** What is missing in the sets, for the comments of a profile; empty if nothing is. */
  public List<String> gaps() {
    lock.lock();
    try {
      List<String> gaps = new ArrayList<>();
      if (!crowdedKeys.isEmpty()) {
        gaps.add(
            "# labels: only the first %d values are kept of %s"
                .formatted(MAX_VALUES, String.join(", ", crowdedKeys)));
      }
      if (isFull) {
        gaps.add("# labels: only the first %d combinations are kept".formatted(MAX_SETS));
      }
      return gaps;
    } finally {
      lock.unlock();
    }
  }
}
