// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.EngineUnavailableException;
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
 * the last; each reads its own time out of the run's files.
 */
final class AsyncProfilerEngine implements CpuEngine {
  /** A run that never ends, because windows overlap, goes on in a new file from this size. */
  private static final long MAX_FILE_BYTES = 64L << 20;

  private final SampleContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AsyncProfiler profiler;
  private final Set<Window> windows = new HashSet<>();
  private @Nullable Path current;

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
      if (current != null && Files.size(current) > MAX_FILE_BYTES) {
        running.execute("stop,file=" + current);
        current = null;
      }
      if (current == null) {
        current = start(running, hz);
      }
      Window window = new Window(running, current, recordLabels());
      windows.add(window);
      return window;
    } finally {
      lock.unlock();
    }
  }

  private Path start(AsyncProfiler running, int hz) throws IOException {
    Path file = Files.createTempFile("pprof4j", ".jfr");
    try {
      long intervalNanos = TimeUnit.SECONDS.toNanos(1) / hz;
      running.execute("start,jfr,event=ctimer,interval=%d,file=%s".formatted(intervalNanos, file));
      windows.forEach(window -> window.files.add(file));
      return file;
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
    private final List<Path> files = new ArrayList<>();
    private final @Nullable Recording labels;

    Window(AsyncProfiler running, Path file, @Nullable Recording labels) {
      this.running = running;
      this.labels = labels;
      files.add(file);
    }

    @Override
    public EventProfile samples(TimeSpan span) throws IOException {
      List<Path> copies = copies();
      try {
        SampleContext.Reading reading = context.reading();
        if (labels != null) {
          FlightRecordings.finish(
              labels,
              file -> {
                RecordingCpuEngine.forEach(file, reading::firstPass);
                return file;
              });
        }
        EventProfile profile = new EventProfile(new ExecutionRule(), reading.eventContext());
        for (Path copy : copies) {
          RecordingCpuEngine.forEach(
              copy,
              event -> {
                if (span.contains(event) || event.getEventType().getName().contains("Setting")) {
                  profile.add(event);
                }
              });
        }
        return profile;
      } finally {
        for (Path copy : copies) {
          Files.deleteIfExists(copy);
        }
      }
    }

    /** The run goes on writing its file, so that is read as it is now. */
    private List<Path> copies() throws IOException {
      lock.lock();
      try {
        running.execute("dump,file=" + current);
        List<Path> copies = new ArrayList<>();
        for (Path file : files) {
          copies.add(FinishedChunks.copy(file));
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
        if (windows.isEmpty() && current != null) {
          running.execute("stop,file=" + current);
          files.add(current);
          current = null;
        }
        for (Path file : files) {
          if (windows.stream().noneMatch(window -> window.files.contains(file))
              && !file.equals(current)) {
            Files.deleteIfExists(file);
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
