// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.ProfileFormatException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  /** Less than what is skipped eight bytes at a time, and more. */
  @ParameterizedTest
  @ValueSource(ints = {3000, 3 << 20})
  void skipsAsManyNumbersAsItReads(int size) throws ProfileFormatException {
    byte[] bytes = numbers(size);
    Cursor reading = new Cursor();
    reading.open(bytes, 0, size, 0);
    Cursor skipping = new Cursor();
    skipping.open(bytes, 0, size, 0);
    Random random = new Random(2);

    while (reading.remaining() > 9000) {
      int count = random.nextInt(1000);
      for (int left = count; left > 0; left--) {
        reading.number();
      }
      skipping.skipNumbers(count);

      assertThat(skipping.position()).isEqualTo(reading.position());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 400, 5000})
  void readsValuesOfSeveralNumbersUntilFewBytesAreLeft(int stop) throws ProfileFormatException {
    byte[] bytes = numbers(5000);
    Cursor reading = new Cursor();
    reading.open(bytes, 0, bytes.length, 0);
    Cursor one = new Cursor();
    one.open(bytes, 0, bytes.length, 0);
    long[] values = new long[4 * 100];
    int[] left = new int[100];

    int read = reading.records(values, 4, 100, left, stop);

    for (int value = 0; value < read; value++) {
      assertThat(left[value]).isEqualTo(one.remaining()).isGreaterThan(stop);
      for (int number = 0; number < 4; number++) {
        assertThat(values[4 * value + number]).isEqualTo(one.number());
      }
    }
    assertThat(reading.position()).isEqualTo(one.position());
    assertThat(read == 100 || reading.remaining() <= stop).isTrue();
  }

  /**
   * Bytes of which long runs have their first bit set, so that numbers of nine bytes are common.
   */
  private static byte[] numbers(int size) {
    Random random = new Random(1);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    for (int at = 0; at < size; at += 50) {
      for (int run = random.nextInt(12); run > 0; run--) {
        bytes[Math.min(size - 1, at + run)] |= (byte) 0x80;
      }
    }
    return bytes;
  }
}
