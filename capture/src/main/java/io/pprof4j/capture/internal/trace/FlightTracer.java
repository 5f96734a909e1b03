// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.trace;

import io.pprof4j.capture.CaptureBusyException;
import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.Tracer;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.labels.LabelChangeEvent;
import io.pprof4j.capture.internal.labels.LabelEvents;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Traces by the flight recorder, with the JDK's own choice of events. */
public final class FlightTracer implements Tracer {
  private static final Duration PAST = Duration.ofMinutes(5);
  private static final long PAST_BYTES = 64L << 20;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private @Nullable Recording past;

  /** A tracer that keeps nothing of the past yet. */
  public FlightTracer() {}

  @Override
  public void record(Duration duration, OutputStream out) throws IOException, InterruptedException {
    if (!busy.compareAndSet(false, true)) {
      throw new CaptureBusyException("execution tracer already enabled");
    }
    // From before the start: a recording begins with what the JVM is and how it is recorded.
    Instant start = Instant.now();
    try (Recording recording = start("trace", "profile")) {
      // Who started a thread, and so its labels, the profile settings tell already.
      LabelEvents.tell();
      recording.enable(LabelChangeEvent.class);
      Windows.sleep(duration);
      TimeSpan span = new TimeSpan(start, Instant.now());
      FlightRecordings.finish(recording, file -> copy(file, span, out));
    } finally {
      busy.set(false);
    }
  }

  /** Starts to keep the past, once. */
  public void keepPast() throws IOException {
    lock.lock();
    try {
      if (past == null) {
        past = start("flightrecorder", "default");
        past.setMaxAge(PAST);
        past.setMaxSize(PAST_BYTES);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void past(Duration duration, OutputStream out) throws IOException {
    keepPast();
    Recording copy;
    lock.lock();
    try {
      if (past == null) {
        throw new EngineUnavailableException("the past is not kept");
      }
      copy = past.copy(false);
    } finally {
      lock.unlock();
    }
    Instant end = Instant.now();
    TimeSpan span = new TimeSpan(end.minus(duration), end);
    try (copy) {
      FlightRecordings.finishSince(copy, span.start(), file -> copy(file, span, out));
    }
  }

  private static Recording start(String name, String configuration) throws IOException {
    FlightRecordings.require();
    try {
      Map<String, String> settings = Configuration.getConfiguration(configuration).getSettings();
      return FlightRecordings.start(
          name,
          recording -> {
            recording.setSettings(settings);
            RecordingScrub.SECRET_EVENTS.forEach(recording::disable);
          });
    } catch (ParseException e) {
      throw new EngineUnavailableException("the JDK's settings do not parse: " + e, e);
    }
  }

  private static Path copy(Path file, TimeSpan span, OutputStream out) throws IOException {
    Path scrubbed = RecordingScrub.scrub(file, span);
    try {
      Files.copy(scrubbed, out);
      return file;
    } finally {
      if (!scrubbed.equals(file)) {
        Files.deleteIfExists(scrubbed);
      }
    }
  }
}
