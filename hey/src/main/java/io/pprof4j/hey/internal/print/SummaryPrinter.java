// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.hey.LatencyHistogram;
import io.pprof4j.hey.Phase;
import io.pprof4j.hey.PhaseTimes;
import io.pprof4j.hey.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** Prints a report in hey's layout, byte for byte; what hey does not know comes after it. */
public final class SummaryPrinter {
  private static final int[] PERCENTILES = {10, 25, 50, 75, 90, 95, 99};

  private final Appendable out;

  /** Makes a printer. */
  public SummaryPrinter(Appendable out) {
    this.out = out;
  }

  /**
   * Prints.
   *
   * @throws UncheckedIOException if the output fails
   */
  public void print(Report report) {
    LatencyHistogram service = report.service();
    long bytes = report.bytes();
    line("\nSummary:");
    line("  Total:\t" + Numbers.seconds(report.totalNanos()) + " secs");
    line("  Slowest:\t" + Numbers.seconds(service.maxNanos()) + " secs");
    line("  Fastest:\t" + Numbers.seconds(service.minNanos()) + " secs");
    line("  Average:\t" + Numbers.seconds(service.meanNanos()) + " secs");
    line("  Requests/sec:\t" + Numbers.fixed4(report.requestsPerSecond()));
    line("  ");
    if (bytes > 0) {
      line("  Total data:\t" + bytes + " bytes");
      line("  Size/request:\t" + bytes / Math.max(1, report.successes()) + " bytes");
    }
    line("\nResponse time histogram:");
    line(Bucket.bars(Bucket.of(service)));
    line("\nLatency distribution:");
    distribution(service);
    line("\nDetails (average, fastest, slowest):");
    details(report);
    line("\nStatus code distribution:");
    report
        .statusCodes()
        .forEach((code, count) -> line("  [" + code + "]\t" + count + " responses"));
    line("");
    errors(report);
    line("\n");
    additions(report);
  }

  private void distribution(LatencyHistogram latencies) {
    if (latencies.count() == 0) {
      return;
    }
    for (int percentile : PERCENTILES) {
      String value = Numbers.seconds(latencies.percentileNanos(percentile));
      line("  " + percentile + "% in " + value + " secs");
    }
  }

  private void details(Report report) {
    detail("DNS+dialup", report.phases(), Phase.CONNECT);
    detail("DNS-lookup", report.phases(), Phase.DNS);
    detail("req write", report.phases(), Phase.WRITE);
    detail("resp wait", report.phases(), Phase.WAIT);
    detail("resp read", report.phases(), Phase.READ);
  }

  private void detail(String label, Map<Phase, PhaseTimes> phases, Phase phase) {
    PhaseTimes times = Objects.requireNonNull(phases.get(phase));
    line(
        "  "
            + label
            + ":\t"
            + Numbers.seconds(times.meanNanos())
            + " secs, "
            + Numbers.seconds(times.minNanos())
            + " secs, "
            + Numbers.seconds(times.maxNanos())
            + " secs");
  }

  private void errors(Report report) {
    if (report.errors().isEmpty()) {
      return;
    }
    text("Error distribution:");
    report.errors().forEach((message, count) -> text("\n  [" + count + "]\t" + message));
  }

  /** What hey has no words for. */
  private void additions(Report report) {
    report.response().ifPresent(this::responseTimes);
    if (report.unfinished() > 0) {
      line("Not finished when the run ended:\t" + report.unfinished() + " requests");
    }
    if (report.unsent() > 0) {
      line("Due but not sent when the run ended:\t" + report.unsent() + " requests");
    }
  }

  private void responseTimes(LatencyHistogram response) {
    line("Response time, counted from when each request was due:");
    line("  Slowest:\t" + Numbers.seconds(response.maxNanos()) + " secs");
    line("  Fastest:\t" + Numbers.seconds(response.minNanos()) + " secs");
    line("  Average:\t" + Numbers.seconds(response.meanNanos()) + " secs");
    distribution(response);
    line("");
  }

  private void line(String line) {
    text(line);
    text("\n");
  }

  private void text(String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
