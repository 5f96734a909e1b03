// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.ProfileKind;
import io.pprof4j.capture.internal.StackCounts;
import io.pprof4j.capture.internal.StackKey;
import io.pprof4j.capture.internal.WindowSource;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Elapsed time by stack, running or waiting: dumps of all threads at random times, each standing
 * for the time since the one before. The state is a label.
 */
public final class WallSource extends WindowSource {
  private static final ValueType SAMPLES = new ValueType("samples", "count");
  private static final ValueType WALL = new ValueType("wall", "nanoseconds");
  private static final int DEFAULT_HZ = 20;
  private static final int MAX_DEPTH = 128;

  /** Dumps may take a twentieth of the time. */
  private static final int SHARE = 20;

  private final ThreadDumper dumper;

  /** A source of dumps that the given dumper takes. */
  public WallSource(ThreadDumper dumper) {
    super(
        ProfileKind.WALL,
        "Elapsed time of all threads, whether they ran or waited. You can specify the duration in"
            + " the seconds GET parameter.");
    this.dumper = dumper;
  }

  @Override
  protected Profile window(CaptureRequest request) throws InterruptedException {
    long periodNanos = TimeUnit.SECONDS.toNanos(1) / request.hz().orElse(DEFAULT_HZ);
    StackCounts sums = new StackCounts(SAMPLES, WALL);
    List<String> comments = List.of();
    long startNanos = Windows.nowNanos();
    long last = System.nanoTime();
    long end = last + request.duration().toNanos();
    long costNanos = 0;
    long totalNanos = 0;
    int dumps = 0;
    while (last < end) {
      long mean = Math.max(periodNanos, costNanos * SHARE);
      long pause = ThreadLocalRandom.current().nextLong(mean / 2, mean * 3 / 2);
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, end - last));
      long now = System.nanoTime();
      ThreadDump dump = dumper.dump(MAX_DEPTH);
      add(dump, now - last, sums);
      comments = dump.comments();
      costNanos = System.nanoTime() - now;
      totalNanos += costNanos;
      dumps++;
      last = now;
    }
    long durationNanos = Windows.nowNanos() - startNanos;
    List<String> said = new ArrayList<>(comments);
    said.add(
        "# samples: %d dumps, %d us each".formatted(dumps, totalNanos / 1000 / Math.max(1, dumps)));
    return sums.toProfile(
        header ->
            header
                .withPeriod(Optional.of(WALL), periodNanos)
                .withTime(startNanos, durationNanos)
                .withComments(said));
  }

  private static void add(ThreadDump dump, long nanos, StackCounts sums) {
    for (DumpedThread dumped : dump.threads()) {
      if (dumped.thread() != Thread.currentThread()) {
        List<Label> labels = new ArrayList<>(dumped.labels());
        labels.add(Label.of("state", dumped.state().state().name()));
        sums.add(new StackKey(dumped.frames(), labels), 1, nanos);
      }
    }
  }
}
