// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import io.pprof4j.jfr.PeriodHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** What the recordings that run already ask of an event that we are about to record. */
final class OtherRecordings {
  private OtherRecordings() {}

  /**
   * A rate, such as {@code 500/s}, that another recording has set for {@code jdk.CPUTimeSample}. A
   * JVM that is asked for a rate and for anything else takes no sample at all, neither for us nor
   * for the other one, so we have to ask for the same; each sample says what it stands for.
   */
  static Optional<String> rate(String event) {
    return settings(event, "throttle").stream().filter(value -> value.contains("/")).findFirst();
  }

  /** The shortest period that any of them has set, in nanoseconds: it holds for all recordings. */
  static OptionalLong shortestPeriod(String event) {
    return settings(event, "period").stream()
        .map(PeriodHistory::parse)
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  private static List<String> settings(String event, String name) {
    List<String> values = new ArrayList<>();
    for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
      Map<String, String> settings = recording.getSettings();
      String value = settings.get(event + "#" + name);
      if (value != null
          && recording.getState() == RecordingState.RUNNING
          && "true".equals(settings.get(event + "#enabled"))) {
        values.add(value);
      }
    }
    return values;
  }
}
