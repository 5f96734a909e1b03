// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.allocation;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.labels.LabelStream;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.EventStream;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.RecordedStacks;
import io.pprof4j.jfr.AllocationRule;
import io.pprof4j.jfr.EventRule;
import io.pprof4j.jfr.JfrKind;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Bytes allocated since the start by the flight recorder's samples, for JVMs where the native
 * sampler cannot be loaded. Begun when this library is, or when somebody first asks.
 */
public final class AllocationStream {
  /** As often as the JDK's own settings for profiling: events are read as long as the JVM runs. */
  private static final String THROTTLE = "300/s";

  /** Who asks before there can be much to tell waits until so long after the beginning. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  private static final int MAX_STACKS = 20_000;

  private final EventStream stream;
  private final LabelStream labels;
  private final RecordedStacks stacks;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final StackCounts sums =
      new StackCounts(JfrKind.ALLOCATION.sampleTypes().toArray(ValueType[]::new));
  private AllocationRule rule = AllocationRule.ofSamplesAfterFirst();
  private boolean isSubscribed;
  private boolean isOn;
  private Instant begun = Instant.MAX;
  private long counted;

  /** Allocations by the given stream, not begun yet. */
  public AllocationStream(EventStream stream, LabelStream labels, SampleContext context) {
    this.stream = stream;
    this.labels = labels;
    this.stacks = new RecordedStacks(context.details());
  }

  /**
   * Begins to sample, unless that was begun.
   *
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  void begin() throws EngineUnavailableException {
    FlightRecordings.require();
    lock.lock();
    try {
      if (isOn) {
        return;
      }
      labels.begin(this);
      if (isSubscribed) {
        stream.change(AllocationRule.SAMPLE_EVENT, settings -> settings.with("enabled", "true"));
      } else {
        stream.subscribe(
            AllocationRule.SAMPLE_EVENT,
            this::note,
            settings -> settings.withStackTrace().with("throttle", THROTTLE));
        stream.subscribe("jdk.ThreadStart", this::noteStart, settings -> {});
        stream.subscribe("jdk.ThreadEnd", this::noteEnd, settings -> {});
        isSubscribed = true;
      }
      rule = AllocationRule.ofSamplesAfterFirst();
      begun = counted == 0 ? Instant.now() : begun;
      isOn = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends sampling; what was counted stays. */
  void end() {
    lock.lock();
    try {
      if (isOn) {
        stream.disable(AllocationRule.SAMPLE_EVENT);
        labels.end(this);
        isOn = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many stacks there are. */
  long count() {
    lock.lock();
    try {
      return sums.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many samples were counted. */
  long samples() {
    lock.lock();
    try {
      return counted;
    } finally {
      lock.unlock();
    }
  }

  private void note(RecordedEvent event) {
    StackKey stack =
        new StackKey(stacks.frames(event.getStackTrace()), labels.of(event.getThread()));
    lock.lock();
    try {
      EventRule.Weight weight = isOn ? rule.weigh(event) : EventRule.Weight.NONE;
      if (weight.count() > 0) {
        counted += weight.count();
        if (!sums.addWithin(MAX_STACKS, stack, weight.count(), weight.amount())) {
          sums.add(StackKey.OTHERS, weight.count(), weight.amount());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void noteStart(RecordedEvent event) {
    lock.lock();
    try {
      if (isOn) {
        rule.started(event.getThread("thread"));
      }
    } finally {
      lock.unlock();
    }
  }

  private void noteEnd(RecordedEvent event) {
    lock.lock();
    try {
      rule.ended(event.getThread("thread"));
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was allocated since the beginning.
   *
   * @param obstacle why the sampler is not there
   * @throws EngineUnavailableException if the flight recorder does not work
   */
  Profile snapshot(String obstacle) throws EngineUnavailableException, InterruptedException {
    begin();
    awaitFirstSamples();
    stream.sync();
    lock.lock();
    try {
      List<String> comments = new ArrayList<>(rule.comments());
      comments.addAll(AllocationRecording.comments(obstacle));
      comments.add(
          "# samples: %d since %s; stacks held: %d of at most %d"
              .formatted(counted, begun, sums.size(), MAX_STACKS));
      stream.missed().ifPresent(comments::add);
      return sums.toProfile(
          header ->
              header
                  .withPeriod(JfrKind.ALLOCATION.periodType(), rule.period())
                  .withTime(Windows.nowNanos(), 0)
                  .withComments(comments));
    } finally {
      lock.unlock();
    }
  }

  private void awaitFirstSamples() throws InterruptedException {
    Duration left = Duration.between(Instant.now(), begunAt().plus(LEAST));
    if (!left.isNegative()) {
      Windows.sleep(left.compareTo(LEAST) > 0 ? LEAST : left); // the clock may be set back
    }
  }

  private Instant begunAt() {
    lock.lock();
    try {
      return begun;
    } finally {
      lock.unlock();
    }
  }
}
