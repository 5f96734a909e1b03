// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static java.util.Objects.requireNonNull;

import io.pprof4j.capture.internal.labels.InheritedLabels;
import io.pprof4j.capture.internal.labels.LabelSets;
import io.pprof4j.capture.internal.labels.LabelTracker;
import io.pprof4j.profile.Label;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Labels for the samples of what a piece of code does, so that profiles can be split by them: by
 * tenant, by kind of request. The counterpart of Go's {@code pprof.Labels} and {@code pprof.Do}.
 *
 * <pre>{@code
 * Labels.of("route", "/sell").run(() -> sell(request));
 * }</pre>
 *
 * Labels are those of a thread, platform or virtual; threads that it starts meanwhile inherit them.
 * Inner labels are added to outer ones and win where the keys are equal. Immutable.
 */
public final class Labels {
  private static final Labels NONE = new Labels(Map.of());

  private static final InheritableThreadLocal<Labels> CURRENT = new InheritableThreadLocal<>();

  static {
    LabelTracker.get()
        .inherited(
            thread ->
                InheritedLabels.of(thread, CURRENT) instanceof Labels labels
                    ? labels.list
                    : List.of());
    LabelSets.get().areIn(CURRENT, Labels.class);
  }

  private final Map<String, String> valueOfKey;
  private final List<Label> list;

  /** The number in {@link LabelSets}, read by the native sampler; 0 until a thread has these. */
  private int heapLabels;

  private Labels(Map<String, String> valueOfKey) {
    this.valueOfKey = valueOfKey;
    this.list =
        valueOfKey.entrySet().stream()
            .map(entry -> Label.of(entry.getKey(), entry.getValue()))
            .toList();
  }

  /** One label. */
  public static Labels of(String key, String value) {
    return NONE.and(key, value);
  }

  /** The labels of the calling thread. */
  public static Labels current() {
    Labels labels = CURRENT.get();
    return labels == null ? NONE : labels;
  }

  /** These labels and one more, which replaces one with the same key. */
  public Labels and(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(valueOfKey);
    more.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
    return new Labels(Collections.unmodifiableMap(more));
  }

  /** Keys and values, sorted by key. */
  public Map<String, String> asMap() {
    return valueOfKey;
  }

  /** The labels as a profile has them, sorted by key. */
  public List<Label> labels() {
    return list;
  }

  /** Runs code with the thread's labels and these. */
  public void run(Runnable code) {
    Scope scope = open();
    try {
      code.run();
    } finally {
      scope.close();
    }
  }

  /** Calls code with the thread's labels and these. */
  public <T> T call(Callable<T> code) throws Exception {
    Scope scope = open();
    try {
      return code.call();
    } finally {
      scope.close();
    }
  }

  /**
   * Adds these labels to the calling thread's until the scope is closed, by the same thread and in
   * reverse order of opening: {@code try (var scope = labels.open()) ...}.
   */
  public Scope open() {
    Labels before = current();
    Labels during = before.plus(this);
    during.set();
    List<Label> own = LabelTracker.get().begin(before.list, during.list);
    return () -> {
      before.set();
      LabelTracker.get().end(during.list, before.list, own);
    };
  }

  /** The time in which a thread has labels. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private Labels plus(Labels inner) {
    if (valueOfKey.isEmpty()) {
      return inner;
    }
    TreeMap<String, String> all = new TreeMap<>(valueOfKey);
    all.putAll(inner.valueOfKey);
    return new Labels(Collections.unmodifiableMap(all));
  }

  private void set() {
    if (valueOfKey.isEmpty()) {
      CURRENT.remove();
    } else {
      if (heapLabels == LabelSets.NONE) {
        heapLabels = LabelSets.get().number(valueOfKey);
      }
      CURRENT.set(this);
    }
  }
}
