// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.hey.Hey;
import io.pprof4j.hey.LatencyHistogram;
import io.pprof4j.hey.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows how a run goes on, on one line of a terminal that is written over twice a second. */
final class ProgressLine {
  private static final long PERIOD_MILLIS = 500;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream terminal;
  private final Hey hey;
  private final long plannedRequests;
  private final long plannedNanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long lastRequests;
  private long lastNanos;

  /**
   * Starts showing.
   *
   * @param plannedRequests how many requests the run has, if it has no duration
   * @param plannedNanos the duration in nanoseconds, or 0
   */
  ProgressLine(PrintStream terminal, Hey hey, long plannedRequests, long plannedNanos) {
    this.terminal = terminal;
    this.hey = hey;
    this.plannedRequests = plannedRequests;
    this.plannedNanos = plannedNanos;
    this.thread = new Thread(this::show, "hey-progress");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether stderr is a terminal, which Java does not tell. */
  static boolean isTerminal() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return target.startsWith("/dev/pts") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // Where there is no /proc, -progress always shows it.
      return false;
    }
  }

  private void show() {
    try {
      while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        Optional<Report> report = hey.snapshot();
        report.ifPresent(now -> terminal.print(ERASE + line(now)));
        terminal.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String line(Report report) {
    LatencyHistogram times = report.response().orElse(report.service());
    long since = Math.max(1, report.totalNanos() - lastNanos);
    double rate = (report.requests() - lastRequests) * 1e9 / since;
    lastRequests = report.requests();
    lastNanos = report.totalNanos();
    return String.format(
        Locale.ROOT,
        "%.1fs  %d requests  %.0f/s  p50 %.2fms  p99 %.2fms  max %.2fms  %d errors  %s left",
        report.totalNanos() / 1e9,
        report.requests(),
        rate,
        times.percentileNanos(50) / 1e6,
        times.percentileNanos(99) / 1e6,
        times.maxNanos() / 1e6,
        report.failures(),
        left(report));
  }

  private String left(Report report) {
    double seconds;
    if (plannedNanos > 0) {
      seconds = (plannedNanos - report.totalNanos()) / 1e9;
    } else if (report.requests() == 0) {
      return "?";
    } else {
      double average = report.totalNanos() / 1e9 / report.requests();
      seconds = (plannedRequests - report.requests()) * average;
    }
    return String.format(Locale.ROOT, "%.1fs", Math.max(0, seconds));
  }

  /** Ends showing and erases the line. */
  void end() throws InterruptedException {
    closed.countDown();
    thread.join();
    terminal.print(ERASE);
    terminal.flush();
  }
}
