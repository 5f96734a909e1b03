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
  void copiesAcrossChunksOfEitherWidth() {
    int[] narrow = IntStream.range(0, 200_000).map(at -> at & 0xFFFF).toArray();
    FrameColumn column = new FrameColumn();
    int[] copy = new int[150_000];

    column.addAll(narrow, narrow.length);
    column.copy(30_000, copy, 0, copy.length, null);
    assertThat(copy).isEqualTo(IntStream.range(30_000, 180_000).map(at -> narrow[at]).toArray());

    column.addAll(new int[] {-5}, 1);
    column.copy(30_000, copy, 0, copy.length, null);
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
  void appendsAndComparesNarrowNumbersAcrossChunks() {
    char[] numbers = new char[150_000];
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = (char) (at * 7);
    }
    char[] differs = numbers.clone();
    differs[149_999]++;
    FrameColumn column = new FrameColumn();

    column.addAll(numbers, 10, 100_000);
    column.addAll(numbers, 0, numbers.length);

    assertThat(column.size()).isEqualTo(250_000);
    assertThat(column.get(0)).isEqualTo(70);
    assertThat(column.matches(0, numbers, 10, 100_000)).isTrue();
    assertThat(column.matches(100_000, numbers, 0, numbers.length)).isTrue();
    assertThat(column.matches(100_000, differs, 0, differs.length)).isFalse();
  }

  @Test
  void looksCopiedNumbersUpInATableOfEitherWidth() {
    int[] table = {5, 70_000, -1};
    int[] copy = new int[4];
    FrameColumn column = new FrameColumn();
    column.addAll(new int[] {0, 1, 2, 1}, 4);

    column.copy(0, copy, 0, 4, table);
    assertThat(copy).containsExactly(5, 70_000, -1, 70_000);

    column.addAll(new int[] {1 << 20}, 1);
    column.copy(1, copy, 0, 3, table);
    assertThat(copy).containsExactly(70_000, -1, 70_000, 70_000);
  }
}
