// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormSumsTest {
  /** How many events: some fill no batch, some a few and a part of one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 5000})
  void sumsByKeyInOrderOfFirstAppearance(int events) {
    Random random = new Random(events);
    FormSums sums = new FormSums();
    Map<Long, long[]> expected = new LinkedHashMap<>();

    for (int event = 0; event < events; event++) {
      long key = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextLong();
      long amount = random.nextInt(1000);
      sums.add(key, 1, amount);
      long[] sum = expected.computeIfAbsent(key, added -> new long[2]);
      sum[0]++;
      sum[1] += amount;
      if (random.nextInt(500) == 0) {
        // Asked for in between, of a key that is gathered only and of one that is unknown.
        assertThat(sums.amount(sums.row(key))).isEqualTo(sum[1]);
        assertThat(sums.row(random.nextLong())).isEqualTo(LongIndex.NONE);
      }
    }

    assertThat(sums.size()).isEqualTo(expected.size());
    assertThat(sums.events()).isEqualTo(events);
    List<List<Long>> rows = new ArrayList<>();
    for (int row = 0; row < sums.size(); row++) {
      assertThat(sums.row(sums.key(row))).isEqualTo(row);
      rows.add(List.of(sums.key(row), sums.count(row), sums.amount(row)));
    }
    List<List<Long>> wanted = new ArrayList<>();
    expected.forEach((key, sum) -> wanted.add(List.of(key, sum[0], sum[1])));
    assertThat(rows).isEqualTo(wanted);
  }
}
