// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.internal.column.PackedFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedFramesTest {
  private static final int START = 3;

  private final PackedFrames frames = new PackedFrames();
  private final char[] narrow = new char[200];
  private final int[] wide = new int[200];

  @Test
  void decodesNumbersOfSixteenBits() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      int[] numbers = numbers(new Random(seed), 16);
      byte[] varints = varints(numbers);

      boolean fits = frames.decode(varints, 0, varints.length - 2, narrow, START);

      assertThat(fits).as("seed %d", seed).isTrue();
      assertThat(frames.depth()).isEqualTo(numbers.length);
      for (int at = 0; at < numbers.length; at++) {
        assertThat((int) narrow[START + at]).as("seed %d", seed).isEqualTo(numbers[at]);
      }
      assertThat(frames.hash()).isEqualTo(PackedFrames.hash(numbers, numbers.length));
    }
  }

  @Test
  void decodesNumbersOfThreeBytes() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      int[] numbers = numbers(new Random(seed), 21);
      byte[] varints = varints(numbers);

      boolean fits = frames.decodeWide(varints, 0, varints.length - 2, wide);

      assertThat(fits).as("seed %d", seed).isTrue();
      assertThat(Arrays.copyOf(wide, frames.depth())).as("seed %d", seed).isEqualTo(numbers);
    }
  }

  @Test
  void leavesNumbersOfMoreBitsToTheOthers() throws IOException {
    byte[] seventeenBits = varints(5, 1 << 16);
    byte[] twentyTwoBits = varints(5, 1 << 21);

    assertThat(frames.decode(seventeenBits, 0, seventeenBits.length - 2, narrow, 0)).isFalse();
    assertThat(frames.decodeWide(twentyTwoBits, 0, twentyTwoBits.length - 2, wide)).isFalse();
    assertThat(frames.largest()).isZero();
  }

  @Test
  void refusesANumberThatTheEndCuts() {
    byte[] one = {5, (byte) 0x80, 1, 1};
    byte[] two = {5, (byte) 0x80, (byte) 0x80, 1, 1};

    assertThat(frames.decode(one, 0, 2, narrow, 0)).isFalse();
    assertThat(frames.decode(two, 0, 3, narrow, 0)).isFalse();
    assertThat(frames.decodeWide(one, 0, 2, wide)).isFalse();
    assertThat(frames.decodeWide(two, 0, 3, wide)).isFalse();
  }

  @Test
  void knowsTheExtremesOfAllStacks() throws IOException {
    byte[] some = varints(7, 300);
    byte[] others = varints(2, 0, 40);

    frames.decode(some, 0, some.length - 2, narrow, 0);
    assertThat(frames.hasZero()).isFalse();
    frames.decode(others, 0, others.length - 2, narrow, 0);

    assertThat(frames.largest()).isEqualTo(300);
    assertThat(frames.hasZero()).isTrue();
  }

  private static int[] numbers(Random random, int maxBits) {
    return random.ints(random.nextInt(60)).map(bits -> mask(bits, random, maxBits)).toArray();
  }

  private static int mask(int bits, Random random, int maxBits) {
    return bits & ((1 << random.nextInt(maxBits + 1)) - 1);
  }

  /** The numbers and two bytes of something else. */
  private static byte[] varints(int... numbers) throws IOException {
    ProtoOutput out = new ProtoOutput();
    for (int number : numbers) {
      out.varint(number);
    }
    out.varint(255);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    out.writeTo(bytes);
    return bytes.toByteArray();
  }
}
