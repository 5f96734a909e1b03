// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampledCountsTest {
  private static final long INTERVAL = 512 << 10;

  private final SampledCounts counts = new SampledCounts(INTERVAL);

  private static double weight(double size, double interval) {
    return -1 / Math.expm1(-size / interval);
  }

  @Test
  void samplesOfTheOneIntervalAreAsTheyWereTaken() {
    HeapCounts raw = new HeapCounts(3, 3 * 1016);
    double objects = 3 * weight(1016, INTERVAL);

    assertThat(counts.of(raw, objects, Math.round(objects * 1016))).isEqualTo(raw);
  }

  @Test
  void samplesOfAGreaterIntervalCountForMore() {
    double objects = 10 * weight(1016, 4 * INTERVAL);

    HeapCounts sampled = counts.of(new HeapCounts(10, 10160), objects, Math.round(objects * 1016));

    assertThat(sampled).isEqualTo(new HeapCounts(40, 40 * 1016));
  }

  @Test
  void fractionsAreCarriedToTheNextBucket() {
    double objects = weight(1016, INTERVAL) / 4; // what sampling at a quarter of it gives
    long total = 0;
    for (int bucket = 0; bucket < 100; bucket++) {
      total += counts.of(new HeapCounts(1, 1016), objects, Math.round(objects * 1016)).objects();
    }

    assertThat(total).isEqualTo(25);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(counts.of(HeapCounts.ZERO, 0, 0)).isEqualTo(HeapCounts.ZERO);
  }

  @Test
  void whenAllIsSampledCountsAreEstimates() {
    HeapCounts sampled = new SampledCounts(1).of(new HeapCounts(1, 16), 32768.5, 524296);

    assertThat(sampled.objects()).isBetween(32768L, 32769L);
  }
}
