// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.labels.LabelTracker;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.FinishedChunks;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.jfr.ExecutionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Samples by async-profiler, event {@code ctimer}, which sees native, GC and JIT time too. It can
 * be started once at a time, so all windows share one run that starts with the first and stops with
 * the last; each reads its own time out of the run's files. For a window that asks for finer
 * samples the run goes on with these, in a new file.
 */
final class AsyncProfilerEngine implements CpuEngine {
  /** A run that never ends, because windows overlap, goes on in a new file from this size. */
  private static final long MAX_FILE_BYTES = 64L << 20;

  private final SampleContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AsyncProfiler profiler;
  private final Set<Window> windows = new HashSet<>();
  private @Nullable Run current;

  /** A file that async-profiler writes, and the CPU time that each of its samples stands for. */
  private record Run(Path file, long periodNanos) {}

  AsyncProfilerEngine(SampleContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return "async-profiler ctimer";
  }

  @Override
  public boolean samplesCpuTime() {
    return true;
  }

  @Override
  public CpuWindow open(int hz) throws IOException {
    lock.lock();
    try {
      if (profiler == null) {
        profiler = AsyncProfiler.load();
      }
      AsyncProfiler running = profiler;
      long periodNanos = TimeUnit.SECONDS.toNanos(1) / hz;
      Run run = current;
      if (run != null
          && (periodNanos < run.periodNanos() || Files.size(run.file()) > MAX_FILE_BYTES)) {
        running.execute("stop,file=" + run.file());
        periodNanos = Math.min(periodNanos, run.periodNanos());
        run = null;
        current = null;
      }
      if (run == null) {
        run = start(running, periodNanos);
        current = run;
      }
      Window window = new Window(running, run, recordLabels());
      windows.add(window);
      return window;
    } finally {
      lock.unlock();
    }
  }

  private Run start(AsyncProfiler running, long periodNanos) throws IOException {
    Path file = Files.createTempFile("pprof4j", ".jfr");
    try {
      running.execute("start,jfr,event=ctimer,interval=%d,file=%s".formatted(periodNanos, file));
      Run run = new Run(file, periodNanos);
      windows.forEach(window -> window.runs.add(run));
      return run;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** async-profiler does not know of labels; the flight recorder notes them meanwhile. */
  private @Nullable Recording recordLabels() {
    if (!LabelTracker.get().isUsed()) {
      return null;
    }
    try {
      return FlightRecordings.start("labels", context::enable);
    } catch (EngineUnavailableException e) {
      return null; // then there are no labels
    }
  }

  private final class Window implements CpuWindow {
    private final AsyncProfiler running;
    private final List<Run> runs = new ArrayList<>();
    private final @Nullable Recording labels;

    /** Of the file that is being read. */
    private long periodNanos;

    Window(AsyncProfiler running, Run run, @Nullable Recording labels) {
      this.running = running;
      this.labels = labels;
      runs.add(run);
    }

    @Override
    public EventProfile samples(TimeSpan span) throws IOException {
      List<Run> copies = copies();
      try {
        SampleContext.Reading reading = context.reading();
        if (labels != null) {
          FlightRecordings.finish(
              labels,
              file -> {
                FlightRecordings.forEach(file, reading::firstPass);
                return file;
              });
        }
        EventProfile profile =
            new EventProfile(new ExecutionRule(time -> periodNanos), reading.eventContext());
        for (Run copy : copies) {
          periodNanos = copy.periodNanos();
          FlightRecordings.forEach(
              copy.file(),
              event -> {
                if (span.contains(event) || event.getEventType().getName().contains("Setting")) {
                  profile.add(event);
                }
              });
        }
        return profile;
      } finally {
        for (Run copy : copies) {
          Files.deleteIfExists(copy.file());
        }
      }
    }

    /** The run goes on writing its file, so that is read as it is now. */
    private List<Run> copies() throws IOException {
      lock.lock();
      try {
        if (current != null) {
          running.execute("dump,file=" + current.file());
        }
        List<Run> copies = new ArrayList<>();
        for (Run run : runs) {
          copies.add(new Run(FinishedChunks.copy(run.file()), run.periodNanos()));
        }
        return copies;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      if (labels != null) {
        labels.close();
      }
      lock.lock();
      try {
        windows.remove(this);
        Run run = current;
        if (windows.isEmpty() && run != null) {
          running.execute("stop,file=" + run.file());
          runs.add(run);
          current = null;
        }
        for (Run own : runs) {
          if (windows.stream().noneMatch(window -> window.runs.contains(own))
              && !own.equals(current)) {
            Files.deleteIfExists(own.file());
          }
        }
      } catch (IOException | RuntimeException e) {
        System.getLogger(AsyncProfilerEngine.class.getName())
            .log(System.Logger.Level.DEBUG, "async-profiler did not stop", e);
      } finally {
        lock.unlock();
      }
    }
  }
}
