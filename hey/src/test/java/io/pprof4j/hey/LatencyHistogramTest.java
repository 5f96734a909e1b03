// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheSortedValues(long seed) {
    Random random = new Random(seed);
    LatencyHistogram histogram = new LatencyHistogram();
    long[] values = new long[5000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(random.nextDouble() * 25);
      histogram.record(values[i]);
    }
    Arrays.sort(values);

    for (double percentile : new double[] {0, 1, 10, 25, 50, 75, 90, 95, 99, 99.9, 100}) {
      int rank = Math.max(1, (int) Math.ceil(percentile * 10 * values.length / 1000));
      double exact = values[rank - 1];
      assertThat((double) histogram.percentileNanos(percentile))
          .as("p%s of seed %s", percentile, seed)
          .isBetween(exact, exact * 1.001 + 1);
    }
    assertThat(histogram.minNanos()).isEqualTo(values[0]);
    assertThat(histogram.maxNanos()).isEqualTo(values[values.length - 1]);
    assertThat(histogram.meanNanos())
        .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1.0));
  }

  @Test
  void fillsEveryPercentileOfFewValues() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int i = 1; i <= 10; i++) {
      histogram.record(i * 1_000_000L);
    }

    assertThat(histogram.percentileNanos(10)).isEqualTo(1_000_000);
    assertThat(histogram.percentileNanos(95)).isEqualTo(10_000_000);
    assertThat(histogram.percentileNanos(99)).isEqualTo(10_000_000);
  }

  @Test
  void averagesBeyondAMillionValuesAreRight() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int i = 0; i < 3_000_000; i++) {
      histogram.record(100_000 + i % 3);
    }

    assertThat(histogram.count()).isEqualTo(3_000_000);
    assertThat(histogram.meanNanos()).isCloseTo(100_001, within(0.001));
    assertThat(histogram.minCount()).isEqualTo(1_000_000);
    assertThat(histogram.standardDeviationNanos()).isLessThan(100);
  }

  @Test
  void addsUpAndClears() {
    LatencyHistogram one = new LatencyHistogram();
    LatencyHistogram two = new LatencyHistogram();
    one.record(5);
    two.record(5);
    two.record(7_000_000_000L);
    one.add(two);

    assertThat(one.count()).isEqualTo(3);
    assertThat(one.minCount()).isEqualTo(2);
    assertThat(one.maxNanos()).isEqualTo(7_000_000_000L);
    assertThat(one.countUpTo(5)).isEqualTo(2);
    one.clear();
    assertThat(one.count()).isZero();
    assertThat(one.percentileNanos(99)).isZero();
    assertThat(one.minNanos()).isZero();
  }

  @Test
  void countsWhatIsLongerThanAnyBucketAndWhatIsNegative() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(Long.MAX_VALUE);
    histogram.record(-5);

    assertThat(histogram.maxNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(histogram.minNanos()).isZero();
    assertThat(histogram.percentileNanos(100)).isEqualTo(Long.MAX_VALUE);
  }
}
