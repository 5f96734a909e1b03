// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameNumbersTest {
  private static final int SIZE = 1000;

  /** What each number is below: all fit 16 bits, hardly any does not, most do not. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 16, (1 << 16) + 50, 1 << 30})
  void holdsWhatAnArrayOfIntsHolds(int bound) {
    Random random = new Random(bound);
    FrameNumbers numbers = new FrameNumbers();
    int[] expected = new int[SIZE];
    // Used before, so that there is something in it.
    numbers.clear(SIZE / 2);
    numbers.set(SIZE / 3, 1 << 20);
    numbers.clear(SIZE);
    for (int at = 0; at < SIZE; at++) {
      numbers.set(at, 0);
    }

    for (int step = 0; step < 20 * SIZE; step++) {
      int at = random.nextInt(SIZE);
      if (random.nextInt(10) > 0) {
        expected[at] = random.nextInt(bound);
        numbers.set(at, expected[at]);
      } else {
        int from = random.nextInt(SIZE);
        int count = random.nextInt(SIZE - Math.max(at, from));
        System.arraycopy(expected, from, expected, at, count);
        numbers.copy(from, at, count);
      }
    }

    int[] all = new int[SIZE];
    numbers.copyTo(0, all, SIZE);
    assertThat(all).isEqualTo(expected);
    int[] some = new int[20];
    numbers.copyTo(SIZE / 2, some, some.length);
    assertThat(some).isEqualTo(Arrays.copyOfRange(expected, SIZE / 2, SIZE / 2 + some.length));
    assertThat(numbers.get(SIZE - 1)).isEqualTo(expected[SIZE - 1]);
  }
}
