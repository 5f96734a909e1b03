// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.allocation;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.AllocationRule;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
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

  private final SampleContext context;
  private final AllocationStream sinceStart;

  /** Allocations with names and labels of the given context; snapshots are those of the stream. */
  public AllocationRecording(SampleContext context, AllocationStream sinceStart) {
    this.context = context;
    this.sinceStart = sinceStart;
  }

  /**
   * Begins to sample what snapshots tell.
   *
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  public void prepare() throws EngineUnavailableException {
    sinceStart.begin();
  }

  /** Ends that, as the sampler has come to work. */
  public void end() {
    sinceStart.end();
  }

  /** How many stacks there are since the start. */
  public long count() {
    return sinceStart.count();
  }

  /**
   * Takes the allocations of a window, or since the start.
   *
   * @param obstacle why the sampler is not there
   */
  public Profile capture(CaptureRequest request, String obstacle)
      throws IOException, InterruptedException {
    FlightRecordings.require();
    return request.isSnapshot() ? sinceStart.snapshot(obstacle) : record(request, obstacle);
  }

  /** What people should know, given why the sampler is not there. */
  static List<String> comments(String obstacle) {
    return List.of(
        GAP + " The obstacle: " + obstacle,
        "approximate: the first sample of each thread that ran before is left out");
  }

  private Profile record(CaptureRequest request, String obstacle)
      throws IOException, InterruptedException {
    try (Recording recording = start()) {
      Instant start = Instant.now();
      Windows.sleep(request.duration());
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
      FlightRecordings.forEach(file, reading::firstPass);
    }
    EventProfile profile =
        new EventProfile(AllocationRule.ofSamplesAfterFirst(), reading.eventContext());
    FlightRecordings.forEach(
        file,
        event -> {
          if (span.contains(event)) {
            profile.add(event);
          }
        });
    return profile.build(
        header -> {
          List<String> comments = new ArrayList<>(header.comments());
          comments.addAll(comments(obstacle));
          return header.withTime(span.startNanos(), span.durationNanos()).withComments(comments);
        });
  }
}
