// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.JfrKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a recording tells, by form. */
final class RecordingSums {
  private final long timeStepNanos;
  private final Periods periods = new Periods();
  private final LabelHistory labels = new LabelHistory();
  private final NativeMemory nativeMemory = new NativeMemory();
  private final Map<EventShape.Form, FormSums> sums = new EnumMap<>(EventShape.Form.class);

  /**
   * @param timeStepNanos how exactly samples are labelled with their time; 0 if they are not
   */
  RecordingSums(long timeStepNanos) {
    this.timeStepNanos = timeStepNanos;
  }

  /** How exactly samples are labelled with their time; 0 if they are not. */
  long timeStepNanos() {
    return timeStepNanos;
  }

  /** The settings of the recording, as far as they are known. */
  Periods periods() {
    return periods;
  }

  /** The labels of threads, so far. */
  LabelHistory labels() {
    return labels;
  }

  /** The native memory that is not given back, so far. */
  NativeMemory nativeMemory() {
    return nativeMemory;
  }

  /** Ends the recording: what native memory is left is known now. */
  void end() {
    nativeMemory.addTo(of(EventShape.Form.NATIVE_LIVE));
  }

  /** The sums of a form. */
  FormSums of(EventShape.Form form) {
    FormSums sum = sums.get(form);
    if (sum == null) {
      sum = new FormSums();
      sums.put(form, sum);
    }
    return sum;
  }

  /** The forms that count: of each kind the first that has anything. */
  Set<EventShape.Form> chosen() {
    Set<EventShape.Form> chosen = EnumSet.noneOf(EventShape.Form.class);
    Set<JfrKind> kinds = EnumSet.noneOf(JfrKind.class);
    sums.forEach(
        (form, sum) -> {
          if (sum.size() > 0 && kinds.add(form.kind())) {
            chosen.add(form);
          }
        });
    return chosen;
  }

  /** The period of a form's profile; 0 if unknown or none. */
  long period(EventShape.Form form) {
    return form == EventShape.Form.BLOCK ? 1 : of(form).period();
  }

  /** What a reader of a form's profile should know. */
  List<String> comments(EventShape.Form form) {
    FormSums sum = of(form);
    return List.of(
        comment(form, sum),
        "# samples: %d; stacks cut: %d".formatted(sum.events(), sum.truncated()));
  }

  private String comment(EventShape.Form form, FormSums sum) {
    long micros = TimeUnit.NANOSECONDS.toMicros(sum.period());
    return switch (form) {
      case CPU_TIME -> "# events: jdk.CPUTimeSample; without a stack: " + sum.withoutStack();
      case EXECUTION ->
          periods.isAsyncProfiler()
              ? "events: jdk.ExecutionSample of async-profiler, period " + micros + " us"
              : "events: jdk.ExecutionSample, period "
                  + micros
                  + " us; it samples runnable states, not CPU time";
      case WALL -> "events: wall clock samples of async-profiler";
      case BUFFERS -> "# events: jdk.ObjectAllocationInNewTLAB, jdk.ObjectAllocationOutsideTLAB";
      case SAMPLES -> "# events: jdk.ObjectAllocationSample";
      case LIVE -> "events: sampled objects that were alive at the end; not scaled to the heap";
      case BLOCK ->
          "# events: jdk.JavaMonitorEnter, jdk.JavaMonitorWait, jdk.ThreadPark;"
              + " the JVM sends none for virtual threads that wait without their carrier";
      case NATIVE_ALLOCATION -> "# events: profiler.Malloc of async-profiler; not scaled";
      case NATIVE_LIVE ->
          "# events: profiler.Malloc without a later profiler.Free of async-profiler; not scaled";
    };
  }
}
