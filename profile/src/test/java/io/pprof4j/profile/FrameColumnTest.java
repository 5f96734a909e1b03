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

  @Test
  void saysWhetherANumberThatOccursMapsToNone() {
    FrameColumn column = new FrameColumn();
    column.addAll(IntStream.range(0, 70_000).map(at -> 1 + (at & 0x3F)).toArray(), 70_000);

    // 0 and 65 are within the bits that occur, but do not occur themselves
    boolean none = column.map(number -> number >= 1 && number <= 64 ? number - 1 : -1);
    boolean some = column.map(number -> number == 63 ? -1 : number);

    assertThat(none).isFalse();
    assertThat(some).isTrue();
    assertThat(column.get(69_999)).isEqualTo(69_999 & 0x3F);
    assertThat(column.get(63)).isEqualTo(-1);
  }

  @Test
  void copiesAcrossChunksOfEitherWidth() {
    int[] narrow = IntStream.range(0, 200_000).map(at -> at & 0xFFFF).toArray();
    FrameColumn column = new FrameColumn();
    int[] copy = new int[150_000];

    column.addAll(narrow, narrow.length);
    column.copy(30_000, copy, 0, copy.length);
    assertThat(copy).isEqualTo(IntStream.range(30_000, 180_000).map(at -> narrow[at]).toArray());

    column.addAll(new int[] {-5}, 1);
    column.copy(30_000, copy, 0, copy.length);
    assertThat(copy).isEqualTo(IntStream.range(30_000, 180_000).map(at -> narrow[at]).toArray());
    assertThat(column.get(200_000)).isEqualTo(-5);
  }

  @Test
  void comparesAcrossChunksOfEitherWidthToTheLastNumber() {
    int[] numbers = IntStream.range(0, 150_000).map(at -> at & 0xFFFF).toArray();
    int[] differs = numbers.clone();
    differs[149_999]++;
    int[] high = numbers.clone();
    high[3] += 1 << 16;
    FrameColumn column = new FrameColumn();
    column.addAll(new int[] {1, 2, 3}, 3);
    column.addAll(numbers, numbers.length);

    assertThat(column.matches(3, numbers, numbers.length)).isTrue();
    assertThat(column.matches(3, differs, differs.length)).isFalse();
    assertThat(column.matches(3, high, high.length)).isFalse();

    column.addAll(new int[] {-5}, 1);
    assertThat(column.matches(3, numbers, numbers.length)).isTrue();
    assertThat(column.matches(3, differs, differs.length)).isFalse();
    assertThat(column.matches(150_003, new int[] {-5}, 1)).isTrue();
  }

  @Test
  void mapsNothingToNothing() {
    assertThat(new FrameColumn().map(number -> -1)).isFalse();
  }
}
