// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Location;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Reads recordings with the JDK's own reader: slowly, and plainly right. */
final class RecordingFileOracle {
  private RecordingFileOracle() {}

  /** The profiles of a file. */
  static Map<JfrKind, Profile> read(Path file) throws IOException {
    EventContext context = EventContext.ofFile();
    List<EventProfile> forms =
        List.of(
            new EventProfile(new CpuTimeRule(), context),
            new EventProfile(new ExecutionRule(), context),
            new EventProfile(new WallRule(), context),
            new EventProfile(AllocationRule.ofBuffers(), context),
            new EventProfile(AllocationRule.ofSamples(), context),
            new EventProfile(new LiveRule(), context),
            new EventProfile(new BlockRule(), context),
            new EventProfile(new NativeRule(JfrKind.NATIVE_ALLOCATION), context));
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        forms.forEach(form -> form.add(event));
      }
    }
    EventProfile live = new EventProfile(new NativeRule(JfrKind.NATIVE_LIVE), context);
    NativeRule.live(file).forEach(live::add);
    Map<JfrKind, Profile> profiles = new EnumMap<>(JfrKind.class);
    for (EventProfile form : forms) {
      if (!form.isEmpty() && !profiles.containsKey(form.kind())) {
        profiles.put(form.kind(), form.build(UnaryOperator.identity()));
      }
    }
    if (!live.isEmpty()) {
      profiles.put(live.kind(), live.build(UnaryOperator.identity()));
    }
    return profiles;
  }

  /** The values of a profile by thread and stack, in words. */
  static Map<String, List<Long>> sums(Profile profile) {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (Sample sample : profile.samples()) {
      sums.merge(
          thread(sample.labels()) + ": " + stack(sample.locations()),
          List.of(sample.value(0), sample.value(1)),
          (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
    }
    return sums;
  }

  private static String thread(List<Label> labels) {
    return labels.stream()
        .filter(label -> label.key().equals("thread"))
        .map(Label::toString)
        .collect(Collectors.joining());
  }

  private static String stack(List<Location> locations) {
    return locations.stream().map(RecordingFileOracle::frame).collect(Collectors.joining(";"));
  }

  private static String frame(Location location) {
    return location.lines().stream()
        .map(
            line ->
                "%s %s %s:%d"
                    .formatted(
                        line.function().name(),
                        line.function().systemName(),
                        line.function().filename(),
                        line.line()))
        .collect(Collectors.joining(","));
  }
}
