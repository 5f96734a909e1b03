// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdIndexTest {
  @Test
  void findsIdsThatCountUpFromAnywhereInAnyOrder() {
    long[] ids = {1_000_003, 1_000_001, 1_000_009, 1_000_002};

    IdIndex index = new IdIndex(ids, 4);

    for (int row = 0; row < ids.length; row++) {
      assertThat(index.row(ids[row])).isEqualTo(row);
    }
    assertThat(index.row(1_000_000)).isEqualTo(LongIndex.NONE);
    assertThat(index.row(1_000_004)).isEqualTo(LongIndex.NONE);
    assertThat(index.row(1_000_010)).isEqualTo(LongIndex.NONE);
  }

  @Test
  void findsIdsThatAreFarApart() {
    long[] ids = {Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, 1L << 40};

    IdIndex index = new IdIndex(ids, 5);

    for (int row = 0; row < ids.length; row++) {
      assertThat(index.row(ids[row])).isEqualTo(row);
    }
    assertThat(index.row(1)).isEqualTo(LongIndex.NONE);
  }

  @Test
  void hasTheLastOfEqualIds() {
    assertThat(new IdIndex(new long[] {7, 8, 7}, 3).row(7)).isEqualTo(2);
    assertThat(new IdIndex(new long[] {7, 1L << 50, 7}, 3).row(7)).isEqualTo(2);
  }

  @Test
  void findsNothingAmongNone() {
    assertThat(new IdIndex(new long[4], 0).row(0)).isEqualTo(LongIndex.NONE);
    assertThat(new IdIndex(new long[4], 0).row(Long.MAX_VALUE)).isEqualTo(LongIndex.NONE);
  }
}
