// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.recordings.EventStream;
import io.pprof4j.capture.internal.recordings.FlightRecordings;
import io.pprof4j.capture.internal.recordings.RecordedStacks;
import io.pprof4j.jfr.MethodDetails;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The stacks that started platform threads, by {@code jdk.ThreadStart}. Threads that were started
 * before the library are one sample without a stack.
 */
public final class ThreadCreateSource implements ProfileSource {
  private static final ValueType TYPE = new ValueType("threadcreate", "count");

  /** Programs start threads at few places; more stacks than this are counted as one. */
  private static final int MAX_STACKS = 10_000;

  private static final StackKey EARLIER = StackKey.note("[started before the profiler]");

  private final FrameAddresses addresses;
  private final EventStream stream;
  private final RecordedStacks stacks;
  private final ThreadOrigins origins = new ThreadOrigins();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final StackCounts started = new StackCounts(TYPE);
  private boolean isSubscribed;
  private long seen;

  /** A source that listens to the given stream. */
  public ThreadCreateSource(FrameAddresses addresses, EventStream stream, MethodDetails details) {
    this.addresses = addresses;
    this.stream = stream;
    this.stacks = new RecordedStacks(details);
  }

  /** Who started the threads that are alive. */
  public ThreadOrigins origins() {
    return origins;
  }

  /** Starts counting, once. */
  public void prepare() throws IOException {
    FlightRecordings.require();
    lock.lock();
    try {
      if (!isSubscribed) {
        // Events arrive on another thread, which waits for the lock.
        stream.subscribe("jdk.ThreadStart", this::note, settings -> settings.withStackTrace());
        origins.forgetEnded(stream);
        isSubscribed = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void note(RecordedEvent event) {
    StackKey stack = new StackKey(stacks.frames(event.getStackTrace()), List.of());
    origins.note(event, stack.frames());
    lock.lock();
    try {
      seen++;
      if (!started.addWithin(MAX_STACKS, stack, 1)) {
        started.add(StackKey.OTHERS, 1);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ProfileKind kind() {
    return ProfileKind.THREADCREATE;
  }

  @Override
  public String description() {
    return "Stack traces that led to the creation of new platform threads.";
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.SNAPSHOT, Ability.WINDOW, Ability.TEXT);
  }

  @Override
  public long count() {
    return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
  }

  @Override
  public Profile capture(CaptureRequest request) throws IOException, InterruptedException {
    if (request.isSnapshot()) {
      return profile(counts(), 0);
    }
    StackCounts before = started();
    long startNanos = Windows.nowNanos();
    Windows.sleep(request.duration());
    // Events take up to a second to arrive, which is no part of the window.
    long durationNanos = Windows.nowNanos() - startNanos;
    return profile(started().minus(before), durationNanos);
  }

  @Override
  public void writeText(CaptureRequest request, int debug, Appendable out)
      throws IOException, InterruptedException {
    Profile profile = capture(CaptureRequest.snapshot());
    new SampleText(addresses).writeCounts(name(), profile, out);
  }

  /** All threads that were ever started, those without an event too. */
  private StackCounts counts() throws IOException, InterruptedException {
    prepare();
    stream.sync();
    long total = count();
    lock.lock();
    try {
      StackCounts counts = started.copy();
      if (total > seen) {
        counts.add(EARLIER, total - seen);
      }
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /** The threads whose start an event told. */
  private StackCounts started() throws IOException, InterruptedException {
    prepare();
    stream.sync();
    lock.lock();
    try {
      return started.copy();
    } finally {
      lock.unlock();
    }
  }

  private Profile profile(StackCounts counts, long durationNanos) {
    return counts.toProfile(
        header ->
            header
                .withPeriod(Optional.of(TYPE), 1)
                .withTime(Windows.nowNanos(), durationNanos)
                .withComments(comments()));
  }

  private List<String> comments() {
    List<String> comments = new ArrayList<>();
    comments.add("# engine: jdk.ThreadStart; virtual threads are not counted");
    comments.add(held());
    stream.missed().ifPresent(comments::add);
    return comments;
  }

  private String held() {
    lock.lock();
    try {
      return "# samples: %d thread starts; stacks held: %d of at most %d"
          .formatted(seen, started.size(), MAX_STACKS);
    } finally {
      lock.unlock();
    }
  }
}
