// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Samples;
import io.pprof4j.profile.ValueType;
import java.util.List;

/**
 * How many observations stand behind the numbers of a profile, which decides what is noise.
 *
 * <p>A column of counts tells it: samples, contentions. The counts of a heap profile are estimates
 * made from few samples; they are turned back by the formula that made them. An allocation of s
 * bytes is sampled with probability 1 - e^(-s/period), and the profile counts each sample as the
 * inverse of that (Go, runtime/pprof/protomem.go, scaleHeapSample).
 */
final class SampleEvidence {
  /** Name of the column that {@link #added} appends. */
  static final String TYPE = "pprof4j::observations";

  private SampleEvidence() {}

  /** The profile with the observations as its last column. */
  static Profile added(Profile profile, int column) {
    Samples samples = profile.samples();
    int counts = countColumn(profile.sampleTypes(), column);
    boolean bytes = isBytes(profile.sampleTypes().get(column)) && profile.period() > 1;
    return profile.withColumn(
        new ValueType(TYPE, "count"),
        sample -> {
          if (counts < 0) {
            return 1;
          }
          long count = samples.value(sample, counts);
          return bytes ? sampled(count, samples.value(sample, column), profile.period()) : count;
        });
  }

  private static long sampled(long count, long bytes, long period) {
    if (count == 0) {
      return 0;
    }
    double size = Math.abs((double) bytes / count);
    return Math.round(count * -Math.expm1(-size / period));
  }

  /** The column before the value that counts, or else the first that does; -1 if none does. */
  private static int countColumn(List<ValueType> types, int column) {
    for (int at = column; at >= 0; at--) {
      if (types.get(at).unit().equals("count")) {
        return at;
      }
    }
    for (int at = column + 1; at < types.size(); at++) {
      if (types.get(at).unit().equals("count")) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isBytes(ValueType type) {
    return type.unit().equals("bytes");
  }

  /**
   * Whether a value is what was sampled, so that the number of observations says how sure it is. A
   * delay is not: few waits can be long.
   */
  static boolean isSampled(Profile profile, int column) {
    ValueType type = profile.sampleTypes().get(column);
    boolean samePeriod =
        profile.periodType().filter(period -> period.unit().equals(type.unit())).isPresent();
    return samePeriod || type.unit().equals("count");
  }
}
