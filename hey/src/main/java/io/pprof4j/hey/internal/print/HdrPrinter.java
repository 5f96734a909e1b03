// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.hey.LatencyHistogram;
import java.util.Locale;

/**
 * Prints percentiles in the text format of HdrHistogram's {@code outputPercentileDistribution}, in
 * milliseconds, which its plotters read.
 */
public final class HdrPrinter {
  /** Steps for each halving of the distance to 100 percent, as HdrHistogram has by default. */
  private static final int STEPS_PER_HALVING = 5;

  private static final double NANOS_PER_MILLI = 1e6;

  private HdrPrinter() {}

  /** The whole text. */
  public static String print(LatencyHistogram times) {
    StringBuilder out =
        new StringBuilder("       Value     Percentile TotalCount 1/(1-Percentile)\n\n");
    double percentile = 0;
    while (times.count() > 0) {
      long value = times.percentileNanos(percentile);
      long upTo = times.countUpTo(value);
      if (upTo >= times.count()) {
        break;
      }
      double reached = (double) upTo / times.count();
      row(out, value, percentile / 100, upTo, 1 / (1 - percentile / 100));
      percentile = nextAfter(next(percentile), 100 * reached);
    }
    if (times.count() > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "%12.3f %2.12f %10d\n",
              times.maxNanos() / NANOS_PER_MILLI,
              1.0,
              times.count()));
    }
    return out.append(footer(times)).toString();
  }

  private static void row(
      StringBuilder out, long nanos, double quantile, long count, double inverse) {
    double millis = nanos / NANOS_PER_MILLI;
    out.append(
        String.format(
            Locale.ROOT, "%12.3f %2.12f %10d %14.2f\n", millis, quantile, count, inverse));
  }

  private static double next(double percentile) {
    double halvings = Math.floor(Math.log(100 / (100 - percentile)) / Math.log(2)) + 1;
    return percentile + 100 / (STEPS_PER_HALVING * Math.pow(2, halvings));
  }

  /** The first step that is not below what one bucket reached already. */
  private static double nextAfter(double first, double reached) {
    double step = first;
    while (step < reached) {
      step = next(step);
    }
    return step;
  }

  private static String footer(LatencyHistogram times) {
    return String.format(
        Locale.ROOT,
        """
        #[Mean    = %12.3f, StdDeviation   = %12.3f]
        #[Max     = %12.3f, Total count    = %12d]
        #[Buckets = %12d, SubBuckets     = %12d]
        """,
        times.meanNanos() / NANOS_PER_MILLI,
        times.standardDeviationNanos() / NANOS_PER_MILLI,
        times.maxNanos() / NANOS_PER_MILLI,
        times.count(),
        32,
        2048);
  }
}
