// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Native memory of async-profiler: what was allocated, and by going through time what is left. */
final class NativeRule implements EventRule {
  private static final String MALLOC = "profiler.Malloc";
  private static final String FREE = "profiler.Free";

  private final JfrKind kind;

  NativeRule(JfrKind kind) {
    this.kind = kind;
  }

  /** The events of a file that tell of memory which was not given back; none if none was. */
  static List<RecordedEvent> live(Path file) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals(MALLOC) || isFree(event)) {
        events.add(event);
      }
    }
    if (events.stream().noneMatch(NativeRule::isFree)) {
      return List.of();
    }
    events.sort(
        Comparator.comparing(RecordedEvent::getStartTime).thenComparing(event -> !isFree(event)));
    Map<Long, RecordedEvent> live = new HashMap<>();
    for (RecordedEvent event : events) {
      if (isFree(event)) {
        live.remove(event.getLong("address"));
      } else {
        live.put(event.getLong("address"), event);
      }
    }
    return List.copyOf(live.values());
  }

  private static boolean isFree(RecordedEvent event) {
    return event.getEventType().getName().equals(FREE);
  }

  @Override
  public JfrKind kind() {
    return kind;
  }

  @Override
  public Weight weigh(RecordedEvent event) {
    return event.getEventType().getName().equals(MALLOC)
        ? new Weight(1, event.getLong("size"))
        : Weight.NONE;
  }

  @Override
  public long period() {
    return 0;
  }

  @Override
  public List<String> comments() {
    return List.of(
        kind == JfrKind.NATIVE_ALLOCATION
            ? "# events: profiler.Malloc of async-profiler; not scaled"
            : "# events: profiler.Malloc without a later profiler.Free of async-profiler;"
                + " not scaled");
  }
}
