// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.DaemonThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the flight recorder that runs on a thread of ours: that of {@code startAsync} is no
 * daemon, so it would keep a JVM up whose program has ended.
 */
final class RunningStream {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final RecordingStream events = new RecordingStream();
  private @Nullable Thread thread;

  private RunningStream() {}

  /**
   * Starts a stream. Returns when its recording runs, so that nothing is missed that happens from
   * then on.
   *
   * @param prepare says what is to be recorded, and what is done with that
   * @param ended is told on the stream's thread when it has come to its end, for whatever reason
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  static RunningStream start(Consumer<RecordingStream> prepare, Consumer<RunningStream> ended)
      throws EngineUnavailableException {
    FlightRecordings.require();
    Set<Long> before = ids();
    RunningStream started = new RunningStream();
    try {
      prepare.accept(started.events);
      name(before);
      started.run(ended);
      return started;
    } catch (RuntimeException | LinkageError e) {
      started.close();
      throw e;
    }
  }

  private static Set<Long> ids() {
    return FlightRecorder.getFlightRecorder().getRecordings().stream()
        .map(Recording::getId)
        .collect(Collectors.toSet());
  }

  /** Names the stream's recording as ours, for those who list them ({@code jcmd JFR.check}). */
  private static void name(Set<Long> before) {
    for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
      if (!before.contains(recording.getId())
          && recording.getName().startsWith("Recording Stream")) {
        recording.setName("pprof4j-stream");
      }
    }
  }

  private void run(Consumer<RunningStream> ended) {
    CountDownLatch running = new CountDownLatch(1);
    FlightRecorderListener listener =
        new FlightRecorderListener() {
          @Override
          public void recordingStateChanged(Recording recording) {
            if (new MarkEvent().isEnabled()) { // which no other recording enables
              running.countDown();
            }
          }
        };
    FlightRecorder.addListener(listener);
    try {
      thread =
          DaemonThreads.start(
              "stream",
              () -> {
                try {
                  events.start();
                } finally {
                  running.countDown(); // it has failed, or ended
                  ended.accept(this);
                }
              });
      awaitUninterrupted(running);
    } finally {
      FlightRecorder.removeListener(listener);
    }
  }

  /** Waits for some seconds at most: then what happens first is missed, and nothing else. */
  private static void awaitUninterrupted(CountDownLatch latch) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean interrupted = false;
    for (long left = PATIENCE.toNanos();
        latch.getCount() > 0 && left > 0;
        left = end - System.nanoTime()) {
      try {
        if (latch.await(left, TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true; // starting is short, and half of it is worth nothing
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What to subscribe to. */
  RecordingStream events() {
    return events;
  }

  /** Whether its thread has not come to an end. */
  boolean isAlive() {
    return thread != null && thread.isAlive();
  }

  void close() {
    events.close();
  }
}
