// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.ProfileSource;
import io.pprof4j.capture.internal.SampleText;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;

/**
 * The profile of all threads, in Go named goroutine. Threads with equal stack, labels and state are
 * one sample; the state is the label {@code state}, since it says which threads hold an OS thread
 * and hardly ever splits a stack in two.
 */
public final class ThreadsSource implements ProfileSource {
  private static final int MAX_DEPTH = 128;
  private static final ValueType TYPE = new ValueType("goroutine", "count");

  private final FrameAddresses addresses;
  private final ThreadDumper dumper;
  private final ThreadOrigins origins;
  private final LastingWaits waits = new LastingWaits();

  /** A source of dumps that the given dumper takes. */
  public ThreadsSource(FrameAddresses addresses, ThreadDumper dumper, ThreadOrigins origins) {
    this.addresses = addresses;
    this.dumper = dumper;
    this.origins = origins;
  }

  @Override
  public ProfileKind kind() {
    return ProfileKind.THREADS;
  }

  @Override
  public String description() {
    return "Stack traces of all current threads, platform and virtual. Use debug=2 as a query"
        + " parameter to list them one by one, with their names, states and locks.";
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.SNAPSHOT, Ability.WINDOW, Ability.TEXT);
  }

  @Override
  public long count() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  @Override
  public Profile capture(CaptureRequest request) throws InterruptedException {
    ThreadTally tally = dumper.tally(MAX_DEPTH);
    StackCounts counts = counts(tally);
    if (request.isSnapshot()) {
      return profile(counts, tally, 0);
    }
    long startNanos = Windows.nowNanos();
    Windows.sleep(request.duration());
    ThreadTally end = dumper.tally(MAX_DEPTH);
    return profile(counts(end).minus(counts), end, Windows.nowNanos() - startNanos);
  }

  @Override
  public void writeText(CaptureRequest request, int debug, Appendable out) throws IOException {
    if (debug < 2) {
      ThreadTally tally = dumper.tally(MAX_DEPTH);
      new SampleText(addresses).writeCounts(name(), profile(counts(tally), tally, 0), out);
      return;
    }
    ThreadDump dump = dumper.dump(MAX_DEPTH);
    ThreadDetails details = ThreadDetails.take(dump.threads(), waits);
    ThreadText text = new ThreadText(out, addresses, details, origins);
    for (DumpedThread thread : dump.threads()) {
      text.write(thread);
    }
  }

  private static StackCounts counts(ThreadTally tally) {
    StackCounts counts = new StackCounts(TYPE);
    tally.addTo(counts);
    return counts;
  }

  private static Profile profile(StackCounts counts, ThreadTally tally, long durationNanos) {
    return counts.toProfile(
        header ->
            header
                .withPeriod(Optional.of(TYPE), 1)
                .withTime(Windows.nowNanos(), durationNanos)
                .withComments(tally.comments()));
  }
}
