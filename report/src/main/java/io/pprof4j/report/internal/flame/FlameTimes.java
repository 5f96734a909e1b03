// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import io.pprof4j.profile.Interrupts;
import io.pprof4j.profile.LabelSets;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.report.Measurement;
import io.pprof4j.report.internal.graph.Edges;
import io.pprof4j.report.internal.request.Report;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When the samples of a flame graph were taken, for profiles whose samples carry a time.
 *
 * <p>Time is cut into buckets of equal length. A cell is what was measured at one node in one
 * bucket; cells are columns, ordered by node and bucket.
 */
public final class FlameTimes {
  /*
   * The time of a sample is a numeric label; tools agree on no key for it, so the ones in use are
   * accepted: "time" (ours), "timestamp" and "end_timestamp_ns" (Datadog). The length of a bucket
   * is a round number, so that the columns of a heat map begin at round times.
   */
  private static final Set<String> KEYS =
      Set.of("time", "timestamp", "timestamp_ns", "end_timestamp_ns");

  /** More than a screen has cells for. */
  private static final int MOST_BUCKETS = 3000;

  private static final double SHORTEST_BUCKET_NANOS = 1e6;

  /** Nanoseconds since the epoch, or since whatever the labels count from. */
  public final long startNanos;

  /** How long a bucket is. */
  public final long bucketNanos;

  /** How many buckets there are. */
  public final int buckets;

  /** By cell of the map: the node that samples ended in. */
  public final int[] node;

  /** By cell: the bucket they fall into. */
  public final int[] bucket;

  /** By cell: their sum. */
  public final long[] value;

  /** Whole cells as (node, bucket, value); the columns above are their distinct sorted form. */
  private FlameTimes(long startNanos, long bucketNanos, int buckets, Edges cells, Integer[] order) {
    this.startNanos = startNanos;
    this.bucketNanos = bucketNanos;
    this.buckets = buckets;
    this.node = new int[order.length];
    this.bucket = new int[order.length];
    this.value = new long[order.length];
    for (int at = 0; at < order.length; at++) {
      node[at] = cells.source[order[at]];
      bucket[at] = cells.target[order[at]];
      value[at] = cells.weight[order[at]];
    }
  }

  /** Empty if fewer than two samples have a time, or all have the same. */
  public static Optional<FlameTimes> of(Report report, FlameTree tree) {
    double[] nanos = nanosOfLabelSets(report);
    Samples samples = report.profile().samples();
    double first = Double.MAX_VALUE;
    double last = -Double.MAX_VALUE;
    for (int sample = 0; sample < samples.size(); sample++) {
      double time = nanos[samples.labels(sample)];
      if (!Double.isNaN(time)) {
        first = Math.min(first, time);
        last = Math.max(last, time);
      }
    }
    return last > first ? Optional.of(fill(report, tree, nanos, first, last)) : Optional.empty();
  }

  private static FlameTimes fill(
      Report report, FlameTree tree, double[] nanos, double first, double last) {
    double length = roundUp(Math.max((last - first) / MOST_BUCKETS, step(nanos, first)));
    double start = Math.floor(first / length) * length;
    Edges cells = new Edges();
    Profile profile = report.profile();
    for (int sample = 0; sample < profile.samples().size(); sample++) {
      Interrupts.check(sample);
      double time = nanos[profile.samples().labels(sample)];
      int node = tree.nodeOfStack(profile.samples().stack(sample));
      long value = report.values().value(profile.samples(), sample);
      if (!Double.isNaN(time) && node >= 0 && value != 0) {
        // Found first: finding may replace the column.
        int cell = cells.find(node, (int) ((time - start) / length));
        cells.weight[cell] += value;
      }
    }
    Integer[] order = new Integer[cells.size()];
    Arrays.setAll(order, cell -> cell);
    Arrays.sort(order, (one, other) -> compare(cells, one, other));
    int buckets = (int) ((last - start) / length) + 1;
    return new FlameTimes((long) start, (long) length, buckets, cells, order);
  }

  private static int compare(Edges cells, int one, int other) {
    int byNode = Integer.compare(cells.source[one], cells.source[other]);
    return byNode != 0 ? byNode : Integer.compare(cells.target[one], cells.target[other]);
  }

  /** What the times are multiples of, counted from the first: their resolution. */
  private static double step(double[] nanos, double first) {
    long step = 0;
    for (double time : nanos) {
      if (!Double.isNaN(time) && time > first) {
        step = FlameWeights.gcd(step, (long) (time - first));
      }
    }
    return step;
  }

  /** The next of 1, 2, 5, 10, 20, ... milliseconds. */
  private static double roundUp(double nanos) {
    double unit = SHORTEST_BUCKET_NANOS;
    while (unit * 10 < nanos) {
      unit *= 10;
    }
    for (int factor : new int[] {1, 2, 5}) {
      if (unit * factor >= nanos) {
        return unit * factor;
      }
    }
    return unit * 10;
  }

  /** NaN for a set without a time. */
  private static double[] nanosOfLabelSets(Report report) {
    LabelSets sets = report.profile().labelSets();
    double[] nanos = new double[sets.size()];
    Arrays.fill(nanos, Double.NaN);
    for (int set = 0; set < sets.size(); set++) {
      for (int label = 0; label < sets.count(set); label++) {
        String key = sets.key(set, label).toLowerCase(Locale.ROOT);
        if (sets.isNumber(set, label) && KEYS.contains(key)) {
          String unit = key.endsWith("_ns") ? "ns" : unit(report, sets.key(set, label));
          nanos[set] = Measurement.scale(sets.number(set, label), unit, "ns").value();
        }
      }
    }
    return nanos;
  }

  private static String unit(Report report, String key) {
    return report.labelUnits().getOrDefault(key, "");
  }
}
