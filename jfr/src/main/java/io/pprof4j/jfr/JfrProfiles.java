// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The profiles that a JFR file holds, the JDK's or async-profiler's. */
public final class JfrProfiles {
  private final Map<JfrKind, Profile> profiles;

  private JfrProfiles(Map<JfrKind, Profile> profiles) {
    this.profiles = profiles;
  }

  /**
   * Reads a recording, event by event.
   *
   * @throws IOException if the file cannot be read or is no recording
   */
  public static JfrProfiles read(Path file) throws IOException {
    return read(file, EventContext.ofFile());
  }

  /**
   * Reads a recording, event by event.
   *
   * @param context how to name methods and label samples
   * @throws IOException if the file cannot be read or is no recording
   */
  public static JfrProfiles read(Path file, EventContext context) throws IOException {
    // In order of preference: of two forms of one kind, the first that has events is it.
    List<EventProfile> forms =
        List.of(
            new EventProfile(new CpuTimeRule(), context),
            new EventProfile(new ExecutionRule(), context),
            new EventProfile(new WallRule(), context),
            new EventProfile(AllocationRule.ofBuffers(), context),
            new EventProfile(AllocationRule.ofSamples(), context),
            new EventProfile(new LiveRule(), context),
            new EventProfile(new BlockRule(), context));
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        forms.forEach(form -> form.add(event));
      }
    }
    Map<JfrKind, Profile> profiles = new EnumMap<>(JfrKind.class);
    for (EventProfile form : forms) {
      if (!form.isEmpty() && !profiles.containsKey(form.kind())) {
        profiles.put(form.kind(), form.build(UnaryOperator.identity()));
      }
    }
    return new JfrProfiles(Collections.unmodifiableMap(profiles));
  }

  /** The kinds of which there is at least one sample. */
  public Set<JfrKind> kinds() {
    return profiles.keySet();
  }

  /** The profile of a kind; empty if the recording has no sample of it. */
  public Optional<Profile> profile(JfrKind kind) {
    return Optional.ofNullable(profiles.get(kind));
  }
}
