// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameColumnTest {
  @Test
  void keepsNumbersOfAnySizeAcrossChunks() {
    int[] values = IntStream.range(0, 200_000).map(at -> at % 3 == 0 ? -at : at).toArray();
    FrameColumn column = new FrameColumn();

    column.addAll(IntStream.range(0, 70_000).map(at -> at % 1000).toArray(), 70_000);
    column.addAll(values, values.length);

    assertThat(column.get(69_999)).isEqualTo(999);
    assertThat(column.matches(70_000, values, values.length)).isTrue();
    assertThat(column.size()).isEqualTo(270_000);
  }

  @Test
  void mapsInPlaceToNumbersThatNeedMoreBits() {
    FrameColumn column = new FrameColumn();
    column.addAll(IntStream.range(0, 70_000).map(at -> at & 0xFF).toArray(), 70_000);

    column.map(value -> value == 7 ? -1 : value * 1000);

    assertThat(column.get(7)).isEqualTo(-1);
    assertThat(column.get(69_999)).isEqualTo((69_999 & 0xFF) * 1000);
  }
}
