// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.DaemonThreads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.EventSettings;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * The events that profiles since the start are made of, as they happen. There is one stream for all
 * of them, which the JVM writes out once a second. {@link #sync} waits until what has happened so
 * far has arrived. Where there is no room to write, the stream pauses.
 */
public final class EventStream {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** What is recorded is read at once, so hardly anything need be kept. */
  private static final long MAX_BYTES = 8L << 20;

  private static final Duration LOOK_FOR_SPACE = Duration.ofSeconds(5);

  /** What a stream was told about an event, to tell the next one, too. */
  private record Step(String event, boolean isChange, Consumer<RecordingStream> tell) {}

  private final Supplier<Optional<String>> shortage;
  private final Duration pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final AtomicLong lastMark = new AtomicLong();
  // Guarded by lock.
  private @Nullable RunningStream stream;

  /** All that streams have been told, without changes that later ones have undone. */
  private final List<Step> steps = new ArrayList<>();

  /** Why there is no stream for now. */
  private @Nullable String pause;

  private long pausedSince;
  private long missedNanos;

  private boolean hasFailed;

  private long arrivedMark;

  /** Whether the flight recorder writes once a second. */
  private volatile boolean writesItself = true;

  /** What was waited for last has not arrived. */
  private volatile boolean lastIsLate;

  /** A stream that nobody has asked for yet. */
  public EventStream() {
    this(RepositorySpace::shortage, LOOK_FOR_SPACE);
  }

  /**
   * A stream that nobody has asked for yet.
   *
   * @param shortage why nothing can be written, if so
   * @param pace how often to look whether something can be written again
   */
  EventStream(Supplier<Optional<String>> shortage, Duration pace) {
    this.shortage = shortage;
    this.pace = pace;
  }

  /**
   * Hands every event of a name to a consumer, on the stream's thread, from now on.
   *
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  public void subscribe(String event, Consumer<RecordedEvent> use, Consumer<EventSettings> settings)
      throws EngineUnavailableException {
    lock.lock();
    try {
      RunningStream running = stream();
      tell(
          running,
          new Step(
              event,
              false,
              told -> {
                told.onEvent(event, use);
                settings.accept(told.enable(event));
              }));
    } catch (RuntimeException | LinkageError e) {
      throw new EngineUnavailableException("cannot stream " + event + ": " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /** Changes the settings of an event that has been subscribed to. */
  public void change(String event, Consumer<EventSettings> settings) {
    change(new Step(event, true, told -> settings.accept(told.enable(event))));
  }

  /** Turns an event off. */
  public void disable(String event) {
    change(new Step(event, true, told -> told.disable(event)));
  }

  private void change(Step step) {
    lock.lock();
    try {
      steps.removeIf(earlier -> earlier.isChange() && earlier.event().equals(step.event()));
      tell(stream, step);
    } finally {
      lock.unlock();
    }
  }

  private void tell(@Nullable RunningStream running, Step step) {
    if (running != null) {
      step.tell().accept(running.events());
    }
    if (running != null || pause != null) {
      steps.add(step);
    }
  }

  private RunningStream stream() throws EngineUnavailableException {
    if (stream != null) {
      return stream;
    }
    requireGoingOn();
    RunningStream started = begin();
    stream = started;
    return started;
  }

  private RunningStream begin() throws EngineUnavailableException {
    return RunningStream.start(this::prepare, this::noteEnd);
  }

  private void prepare(RecordingStream fresh) {
    fresh.setReuse(true);
    fresh.setOrdered(true);
    fresh.setMaxSize(MAX_BYTES);
    fresh.enable(MarkEvent.class);
    fresh.onEvent(MarkEvent.NAME, this::noteMark);
    fresh.onError(error -> {}); // an event that cannot be read is lost, the stream goes on
    fresh.onFlush(this::pauseWhereSpaceEnds);
    steps.forEach(step -> step.tell().accept(fresh));
  }

  private void requireGoingOn() throws EngineUnavailableException {
    if (pause != null) {
      throw new EngineUnavailableException("the stream of events pauses: " + pause);
    }
  }

  /** Runs on the stream's thread, each second. A JVM ends when it cannot write what it records. */
  private void pauseWhereSpaceEnds() {
    Optional<String> reason = shortage.get();
    if (reason.isPresent() && pause(reason.get())) {
      log("pauses: " + reason.get());
    }
  }

  private boolean pause(String reason) {
    lock.lock();
    try {
      if (stream == null) {
        return false;
      }
      pauseNow(stream, reason);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void pauseNow(RunningStream running, String reason) {
    running.close();
    stream = null;
    pause = reason;
    pausedSince = System.nanoTime();
    arrived.signalAll();
    DaemonThreads.lasting("stream-pause", this::awaitSpace).start();
  }

  /** The thread of a stream has come to its end, as there was no memory, unless it was closed. */
  private void noteEnd(RunningStream ended) {
    lock.lock();
    try {
      if (stream == ended) {
        pauseNow(ended, "its thread has failed");
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitSpace() {
    boolean isBegun = false;
    while (!isBegun) {
      LockSupport.parkNanos(pace.toNanos());
      boolean unused = Thread.interrupted(); // by who interrupts all threads of a JVM
      isBegun = shortage.get().isEmpty() && beginAgain();
    }
  }

  /** Ends a pause; true if there is none now. */
  private boolean beginAgain() {
    lock.lock();
    try {
      if (pause == null) {
        return true;
      }
      stream = begin();
      missedNanos += System.nanoTime() - pausedSince;
      pause = null;
      log("goes on");
      return true;
    } catch (EngineUnavailableException | RuntimeException | LinkageError e) {
      return false; // there may be a better time
    } finally {
      lock.unlock();
    }
  }

  private static void log(String what) {
    System.getLogger(EventStream.class.getName())
        .log(Level.WARNING, "pprof4j: the stream of events {0}", what);
  }

  /** For a profile's comments: how long nothing could be recorded; empty if there was no pause. */
  public Optional<String> missed() {
    lock.lock();
    try {
      if (lastIsLate) {
        return Optional.of("missing: the latest events, which the flight recorder does not write");
      }
      if (hasFailed) {
        return Optional.of("missing: events of a time in which there was no memory to read them");
      }
      return missedNanos == 0
          ? Optional.empty()
          : Optional.of(
              "missing: events of %d s in which nothing could be recorded"
                  .formatted(TimeUnit.NANOSECONDS.toSeconds(missedNanos)));
    } finally {
      lock.unlock();
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
   * @throws EngineUnavailableException if the stream pauses, so that none arrive
   */
  public void sync() throws InterruptedException, EngineUnavailableException {
    boolean unused = shortage.get().isEmpty() && beginAgain();
    long mark = lastMark.incrementAndGet();
    MarkEvent event = new MarkEvent();
    event.number = mark;
    event.commit();
    boolean isLate = !await(mark, writesItself);
    if (isLate && writesItself) {
      ensureAlive();
      event.commit();
      isLate = !await(mark, false);
      writesItself = isLate || isWriterAlive();
    }
    lastIsLate = isLate;
  }

  /** The thread of the JDK that writes does not outlive that the heap is full. */
  private static boolean isWriterAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("JFR Periodic Tasks"));
  }

  /** Whether an event arrives in time, by itself or as the file is changed for that. */
  private boolean await(long mark, boolean itself)
      throws InterruptedException, EngineUnavailableException {
    if (!itself) {
      // What has been recorded is written where a recording begins and where it ends.
      FlightRecordings.start("write", recording -> {}).close();
    }
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (stream != null && arrivedMark < mark && left > 0) {
        left = arrived.awaitNanos(left);
      }
      requireGoingOn();
      return stream == null || arrivedMark >= mark;
    } finally {
      lock.unlock();
    }
  }

  /** The stream's own thread may not have outlived it either. */
  private void ensureAlive() throws EngineUnavailableException {
    lock.lock();
    try {
      if (stream != null && !stream.isAlive()) {
        stream.close();
        stream = begin();
        hasFailed = true;
      }
    } finally {
      lock.unlock();
    }
  }
}
