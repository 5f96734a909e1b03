// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.internal.WindowSource;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The CPU profile: the first engine that works samples, and the profile's comments say which. An
 * engine that fails, or sees nothing of CPU time that was used, is not tried again.
 */
public final class CpuSource extends WindowSource {
  /**
   * CPU time that hardly goes unsampled by chance: at 100 Hz about 100 samples. The JVM's own work
   * (collecting garbage, compiling, clearing new arrays) is not sampled by every engine, so it
   * takes more than one such window to give an engine up.
   */
  private static final long CERTAIN_NANOS = 1_000_000_000;

  private static final int MAX_EMPTY_WINDOWS = 3;

  private final List<CpuEngine> engines;
  private final IntSupplier defaultHz;
  private final Map<CpuEngine, String> obstacles = new ConcurrentHashMap<>();
  private final Map<CpuEngine, Integer> emptyWindows = new ConcurrentHashMap<>();

  private CpuSource(List<CpuEngine> engines, IntSupplier defaultHz) {
    super(
        ProfileKind.CPU,
        "CPU profile. You can specify the duration in the seconds GET parameter, and the samples"
            + " per second in hz. After you get the profile file, use the pprof command to"
            + " investigate the profile.");
    this.engines = List.copyOf(engines);
    this.defaultHz = defaultHz;
  }

  /**
   * The source for this JVM.
   *
   * @param defaultHz samples per second for requests that do not say
   */
  public static CpuSource create(SampleContext context, IntSupplier defaultHz) {
    return new CpuSource(
        List.of(
            RecordingCpuEngine.cpuTime(context),
            new AsyncProfilerEngine(context),
            RecordingCpuEngine.execution(context)),
        defaultHz);
  }

  @Override
  protected Profile window(CaptureRequest request) throws IOException, InterruptedException {
    int hz = request.hz().orElseGet(defaultHz);
    Opened opened = open(hz);
    try (CpuEngine.CpuWindow window = opened.window()) {
      ProcessCpu cpu = ProcessCpu.now();
      Instant start = Instant.now();
      Windows.sleep(request.duration());
      TimeSpan span = new TimeSpan(start, Instant.now());
      long usedNanos = cpu.usedNanos();
      EventProfile samples = window.samples(span);
      return profile(opened, samples, span, usedNanos);
    }
  }

  private record Opened(CpuEngine engine, CpuEngine.CpuWindow window, int hz) {}

  /** Opens the first engine that works. */
  private Opened open(int hz) throws IOException {
    for (CpuEngine engine : engines) {
      if (!obstacles.containsKey(engine)) {
        try {
          return new Opened(engine, engine.open(hz), hz);
        } catch (EngineUnavailableException e) {
          obstacles.put(engine, String.valueOf(e.getMessage()));
        }
      }
    }
    throw new EngineUnavailableException(
        "no engine can take CPU profiles: " + String.join("; ", obstacles.values()));
  }

  /** Says when there is no sample of much CPU time, and gives the engine up if that goes on. */
  private void noteEmptiness(
      CpuEngine engine, EventProfile samples, long usedNanos, List<String> comments) {
    if (!samples.isEmpty()) {
      emptyWindows.remove(engine);
    } else if (usedNanos > CERTAIN_NANOS) {
      String obstacle = "took no sample of %d ms of CPU time".formatted(usedNanos / 1_000_000);
      comments.add("suspicious: " + engine.name() + " " + obstacle);
      if (emptyWindows.merge(engine, 1, Integer::sum) >= MAX_EMPTY_WINDOWS) {
        obstacles.put(engine, obstacle + ", time and again");
      }
    }
  }

  private Profile profile(Opened opened, EventProfile samples, TimeSpan span, long usedNanos) {
    CpuEngine engine = opened.engine();
    long periodNanos = 1_000_000_000L / opened.hz();
    List<String> comments = new ArrayList<>();
    comments.add("# engine: " + engine.name());
    for (CpuEngine better : engines.subList(0, engines.indexOf(engine))) {
      comments.add("# not used: " + better.name() + ": " + obstacles.getOrDefault(better, ""));
    }
    if (usedNanos >= 0) {
      comments.add(
          "# CPU time used by the process, its JVM's own threads included: %d ms"
              .formatted(usedNanos / 1_000_000));
    }
    if (engine.samplesCpuTime()) {
      noteEmptiness(engine, samples, usedNanos, comments);
    }
    return samples.build(
        header -> {
          comments.addAll(header.comments());
          return header
              .withPeriod(header.periodType(), periodNanos)
              .withTime(span.startNanos(), span.durationNanos())
              .withComments(comments);
        });
  }
}
