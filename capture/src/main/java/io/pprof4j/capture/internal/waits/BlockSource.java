// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.waits;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.labels.LabelStream;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.EventStream;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.RecordedStacks;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.BlockRule;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * Where threads wait, by the flight recorder's events for monitors, {@code Object.wait} and
 * parking. A window is a recording of its own; the profile since the start listens to the stream
 * while its rate is set. A wait counts when it ends.
 */
public final class BlockSource extends ContentionSource {
  private static final int MAX_STACKS = 20_000;
  private static final String VIRTUAL_GAP =
      "virtual threads: the JVM sends no events for most of their waits, so they are missing here";

  private final EventStream stream;
  private final SampleContext context;
  private final LabelStream labels;
  private final RecordedStacks stacks;
  // Guarded by lock.
  private final Set<String> subscribed = new HashSet<>();
  private long rateNanos;
  private long counted;
  private long beyondLimit;

  /** A source that listens to the given stream. */
  public BlockSource(
      FrameAddresses addresses, EventStream stream, LabelStream labels, SampleContext context) {
    super(
        ProfileKind.BLOCK,
        "Stack traces that led to waiting for monitors, conditions and other synchronization.",
        addresses);
    this.stream = stream;
    this.context = context;
    this.labels = labels;
    this.stacks = new RecordedStacks(context.details());
  }

  /** The shortest wait that is counted since the start, in nanoseconds; 0 if it is off. */
  public long rate() {
    lock.lock();
    try {
      return rateNanos;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Turns the profile since the start on or off.
   *
   * @throws IllegalStateException if this JVM's flight recorder does not work
   */
  public void setRate(long nanos) {
    lock.lock();
    try {
      if (nanos > 0) {
        FlightRecordings.require();
        labels.begin(this);
      } else {
        labels.end(this);
      }
      rateNanos = nanos;
      for (String event : BlockRule.EVENTS) {
        if (nanos == 0) {
          stream.disable(event);
        } else if (subscribed.add(event)) {
          stream.subscribe(event, this::note, settings -> settings.withThreshold(threshold(nanos)));
        } else {
          stream.change(event, settings -> settings.withThreshold(threshold(nanos)));
        }
      }
    } catch (IOException e) {
      rateNanos = 0;
      throw new IllegalStateException("the block profile cannot be turned on", e);
    } finally {
      lock.unlock();
    }
  }

  private static Duration threshold(long nanos) {
    return nanos <= 1 ? Duration.ZERO : Duration.ofNanos(nanos);
  }

  private void note(RecordedEvent event) {
    long nanos = event.getDuration().toNanos();
    RecordedThread thread = event.getThread();
    if (isOwn(thread)) {
      return;
    }
    StackKey stack = new StackKey(stacks.frames(event.getStackTrace()), labels.of(thread));
    lock.lock();
    try {
      // The JVM applies the lowest threshold of all recordings.
      if (rateNanos > 0 && (rateNanos == 1 || nanos >= rateNanos)) {
        if (sums.addWithin(MAX_STACKS, stack, 1, nanos)) {
          counted++;
        } else {
          beyondLimit++;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The library's own threads wait all day; so do those of the flight recorder. */
  private static boolean isOwn(@Nullable RecordedThread thread) {
    String name = thread == null ? null : thread.getJavaName();
    return name != null && (name.startsWith("pprof4j-") || name.startsWith("JFR "));
  }

  @Override
  void writeText(SampleText text, Profile snapshot, Appendable out) throws IOException {
    text.writeContentions("contention", 0, snapshot, out);
  }

  @Override
  Profile snapshot() throws IOException, InterruptedException {
    if (rate() > 0) {
      stream.sync();
    }
    lock.lock();
    try {
      List<String> comments = new ArrayList<>();
      comments.add("# engine: " + String.join(", ", BlockRule.EVENTS));
      comments.add(
          rateNanos == 0
              ? "off: set the block profile rate, or ask for seconds=N"
              : "waits of at least %d ns; lost for lack of space: %d"
                  .formatted(rateNanos, beyondLimit));
      comments.add(
          "# samples: %d waits since the start; stacks held: %d of at most %d"
              .formatted(counted, sums.size(), MAX_STACKS));
      stream.missed().ifPresent(comments::add);
      comments.add(VIRTUAL_GAP);
      return sums.toProfile(header -> describe(header, Windows.nowNanos(), 0, comments));
    } finally {
      lock.unlock();
    }
  }

  @Override
  Profile window(CaptureRequest request) throws IOException, InterruptedException {
    FlightRecordings.require();
    long least = request.rate().orElse(1);
    try (Recording recording =
        FlightRecordings.start(
            "block",
            started -> {
              BlockRule.EVENTS.forEach(
                  event -> started.enable(event).withThreshold(threshold(least)));
              context.enable(started);
            })) {
      Instant start = Instant.now();
      Windows.sleep(request.duration());
      TimeSpan span = new TimeSpan(start, Instant.now());
      return FlightRecordings.finish(recording, file -> read(file, span, least));
    }
  }

  private Profile read(Path file, TimeSpan span, long leastNanos) throws IOException {
    SampleContext.Reading reading = context.reading();
    if (reading.needsFirstPass()) {
      FlightRecordings.forEach(file, reading::firstPass);
    }
    EventProfile profile = new EventProfile(new BlockRule(), reading.eventContext());
    FlightRecordings.forEach(
        file,
        event -> {
          boolean counts =
              !event.getEndTime().isBefore(span.start())
                  && event.getEndTime().isBefore(span.end())
                  && event.getDuration().toNanos() >= (leastNanos <= 1 ? 0 : leastNanos)
                  && !isOwn(event.getThread());
          if (counts) {
            profile.add(event);
          }
        });
    return profile.build(
        header -> {
          List<String> comments = new ArrayList<>(header.comments());
          comments.add(VIRTUAL_GAP);
          return describe(header, span.startNanos(), span.durationNanos(), comments);
        });
  }
}
