// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.DaemonThreads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jfr.EventSettings;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * The events that profiles since the start are made of, as they happen. There is one stream for all
 * of them, which the JVM writes out once a second. {@link #sync} waits until what has happened so
 * far has arrived.
 */
public final class EventStream {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** What is recorded is read at once, so hardly anything need be kept. */
  private static final long MAX_BYTES = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final AtomicLong lastMark = new AtomicLong();
  // Guarded by lock.
  private @Nullable RecordingStream stream;

  /** Why there will be no stream any more. */
  private @Nullable String ended;

  private long arrivedMark;

  /** A stream that nobody has asked for yet. */
  public EventStream() {}

  /**
   * Hands every event of a name to a consumer, on the stream's thread, from now on.
   *
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  public void subscribe(String event, Consumer<RecordedEvent> use, Consumer<EventSettings> settings)
      throws EngineUnavailableException {
    lock.lock();
    try {
      RecordingStream running = stream();
      running.onEvent(event, use);
      settings.accept(running.enable(event));
    } catch (RuntimeException | LinkageError e) {
      throw new EngineUnavailableException("cannot stream " + event + ": " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /** Changes the settings of an event that has been subscribed to. */
  public void change(String event, Consumer<EventSettings> settings) {
    lock.lock();
    try {
      if (stream != null) {
        settings.accept(stream.enable(event));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Turns an event off. */
  public void disable(String event) {
    lock.lock();
    try {
      if (stream != null) {
        stream.disable(event);
      }
    } finally {
      lock.unlock();
    }
  }

  private RecordingStream stream() throws EngineUnavailableException {
    if (stream != null) {
      return stream;
    }
    requireGoingOn();
    FlightRecordings.require();
    Set<Long> before = ids();
    RecordingStream started = new RecordingStream();
    started.setReuse(true);
    started.setOrdered(true);
    started.setMaxSize(MAX_BYTES);
    started.enable(MarkEvent.class);
    started.onEvent(MarkEvent.NAME, this::noteMark);
    started.onError(error -> {}); // an event that cannot be read is lost, the stream goes on
    started.onFlush(this::endWhereSpaceEnds);
    name(before);
    run(started);
    stream = started;
    return started;
  }

  private void requireGoingOn() throws EngineUnavailableException {
    if (ended != null) {
      throw new EngineUnavailableException("the stream of events has ended: " + ended);
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

  /** Runs on the stream's thread, each second. A JVM ends when it cannot write what it records. */
  private void endWhereSpaceEnds() {
    Optional<String> shortage = RepositorySpace.shortage();
    if (shortage.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (stream != null) {
        ended = shortage.get();
        stream.close();
        stream = null;
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
    System.getLogger(EventStream.class.getName())
        .log(Level.WARNING, "pprof4j: the stream of events ends: {0}", shortage.get());
  }

  /**
   * Runs a stream on a thread of ours: that of {@code startAsync} is no daemon, so it would keep a
   * JVM up whose program has ended. Returns when the recording runs, so that nothing is missed that
   * happens from then on.
   */
  private static void run(RecordingStream started) {
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
      DaemonThreads.start(
          "stream",
          () -> {
            try {
              started.start();
            } finally {
              running.countDown(); // it has failed, or ended
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

  private void noteMark(RecordedEvent event) {
    lock.lock();
    try {
      arrivedMark = Math.max(arrivedMark, event.getLong("number"));
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all events up to now have arrived, for some seconds at most.
   *
   * @throws EngineUnavailableException if the stream has ended, so that none arrive any more
   */
  public void sync() throws InterruptedException, EngineUnavailableException {
    long mark = lastMark.incrementAndGet();
    MarkEvent event = new MarkEvent();
    event.number = mark;
    event.commit();
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (stream != null && arrivedMark < mark && left > 0) {
        left = arrived.awaitNanos(left);
      }
      requireGoingOn();
    } finally {
      lock.unlock();
    }
  }
}
