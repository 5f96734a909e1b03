// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.CpuTimeRule;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.jfr.EventRule;
import io.pprof4j.jfr.ExecutionRule;
import io.pprof4j.jfr.PeriodHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * Samples by the JDK's flight recorder. Each window is a recording of its own, and the flight
 * recorder shares one sampler among them; its period is the shortest that any recording asks for,
 * so samples are weighed with the period that was in force.
 */
final class RecordingCpuEngine implements CpuEngine {
  private enum Event {
    CPU_TIME,
    EXECUTION
  }

  private final Event event;
  private final SampleContext context;

  private RecordingCpuEngine(Event event, SampleContext context) {
    this.event = event;
    this.context = context;
  }

  /** CPU time by {@code jdk.CPUTimeSample}: JDK 25 and later, on Linux. */
  static RecordingCpuEngine cpuTime(SampleContext context) {
    return new RecordingCpuEngine(Event.CPU_TIME, context);
  }

  /** Runnable states by {@code jdk.ExecutionSample}, everywhere. */
  static RecordingCpuEngine execution(SampleContext context) {
    return new RecordingCpuEngine(Event.EXECUTION, context);
  }

  @Override
  public String name() {
    return event == Event.CPU_TIME ? CpuTimeRule.EVENT : ExecutionRule.EVENT;
  }

  @Override
  public boolean samplesCpuTime() {
    return event == Event.CPU_TIME;
  }

  @Override
  public CpuWindow open(int hz) throws IOException {
    FlightRecordings.require();
    long eventType = eventType();
    long periodNanos = TimeUnit.SECONDS.toNanos(1) / hz;
    OptionalLong others = OtherRecordings.shortestPeriod(name());
    Recording recording =
        FlightRecordings.start(
            "cpu",
            started -> {
              enable(started, periodNanos);
              context.enable(started);
            });
    return new Window(recording, eventType, periodNanos, others);
  }

  private long eventType() throws EngineUnavailableException {
    for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
      if (type.getName().equals(name())) {
        return type.getId();
      }
    }
    throw new EngineUnavailableException("this JVM does not know " + name());
  }

  private void enable(Recording recording, long periodNanos) {
    if (event == Event.CPU_TIME) {
      // JEP 509: a period of CPU time, or a rate; nanoseconds are exact.
      String own = periodNanos + " ns";
      recording.enable(name()).with("throttle", OtherRecordings.rate(name()).orElse(own));
    } else {
      recording.enable(PeriodHistory.EVENT);
      recording.enable(name()).withPeriod(Duration.ofNanos(periodNanos));
      recording.enable(ExecutionRule.NATIVE_EVENT).withPeriod(Duration.ofNanos(periodNanos));
    }
  }

  private final class Window implements CpuWindow {
    private final Recording recording;
    private final long eventType;
    private final long periodNanos;
    private final OptionalLong others;

    Window(Recording recording, long eventType, long periodNanos, OptionalLong others) {
      this.others = others;
      this.recording = recording;
      this.eventType = eventType;
      this.periodNanos = periodNanos;
    }

    @Override
    public EventProfile samples(TimeSpan span) throws IOException {
      return FlightRecordings.finish(recording, file -> read(file, span));
    }

    private EventProfile read(Path file, TimeSpan span) throws IOException {
      PeriodHistory periods = new PeriodHistory(eventType, periodNanos);
      others.ifPresent(periods::limit);
      SampleContext.Reading reading = context.reading();
      if (event == Event.EXECUTION || reading.needsFirstPass()) {
        FlightRecordings.forEach(
            file,
            recorded -> {
              periods.note(recorded);
              reading.firstPass(recorded);
            });
      }
      EventRule rule = event == Event.CPU_TIME ? new CpuTimeRule() : new ExecutionRule(periods::at);
      EventProfile profile = new EventProfile(rule, reading.eventContext());
      FlightRecordings.forEach(
          file,
          recorded -> {
            if (span.contains(recorded)) {
              profile.add(recorded);
            }
          });
      return profile;
    }

    @Override
    public void close() {
      recording.close();
    }
  }
}
