// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.jfr.AllocationRule;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;

/**
 * Allocations by the flight recorder, for JVMs where the native sampler cannot be loaded. It knows
 * neither what is alive nor how many objects there were, so those columns are absent.
 */
public final class AllocationRecording {
  /** What people should know of these profiles. */
  public static final String GAP =
      "The native sampler is not loaded: allocated bytes only, nothing about live objects.";

  /** A snapshot needs a window too, because nothing is sampled before somebody asks. */
  private static final Duration SNAPSHOT = Duration.ofSeconds(2);

  private final SampleContext context;

  /** Allocations with names and labels of the given context. */
  public AllocationRecording(SampleContext context) {
    this.context = context;
  }

  /**
   * Takes the allocations of a window.
   *
   * @param obstacle why the sampler is not there
   */
  public Profile capture(CaptureRequest request, String obstacle)
      throws IOException, InterruptedException {
    FlightRecordings.require();
    return record(request, obstacle);
  }

  private Profile record(CaptureRequest request, String obstacle)
      throws IOException, InterruptedException {
    try (Recording recording = start()) {
      Instant start = Instant.now();
      Windows.sleep(request.isSnapshot() ? SNAPSHOT : request.duration());
      TimeSpan span = new TimeSpan(start, Instant.now());
      return FlightRecordings.finish(recording, file -> read(file, span, obstacle));
    }
  }

  private Recording start() throws EngineUnavailableException {
    return FlightRecordings.start(
        "allocations",
        recording -> {
          recording.enable(AllocationRule.SAMPLE_EVENT).with("throttle", "10000/s");
          context.enable(recording);
        });
  }

  private Profile read(Path file, TimeSpan span, String obstacle) throws IOException {
    SampleContext.Reading reading = context.reading();
    if (reading.needsFirstPass()) {
      RecordingCpuEngine.forEach(file, reading::firstPass);
    }
    EventProfile profile =
        new EventProfile(AllocationRule.ofSamplesAfterFirst(), reading.eventContext());
    RecordingCpuEngine.forEach(
        file,
        event -> {
          if (span.contains(event)) {
            profile.add(event);
          }
        });
    return profile.build(
        header -> {
          List<String> comments = new ArrayList<>(header.comments());
          comments.add(GAP + " The obstacle: " + obstacle);
          comments.add("approximate: the first sample of each thread is left out");
          return header.withTime(span.startNanos(), span.durationNanos()).withComments(comments);
        });
  }
}
