// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtoInputTest {
  @Test
  void readsShortVarintsAndLeavesLongOnesToTheOtherMethod() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      List<Long> numbers = numbers(new Random(seed));

      assertThat(read(message(numbers))).as("seed %d", seed).isEqualTo(numbers);
    }
  }

  @Test
  void refusesAVarintThatTheEndOfTheMessageCuts() {
    byte[] cut = {10, 3, 5, (byte) 0x80, (byte) 0x80, 1};

    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(MalformedProtoException.class)
        .hasMessageContaining("ends within a varint");
  }

  private static List<Long> numbers(Random random) {
    List<Long> numbers = new ArrayList<>();
    for (int count = random.nextInt(30); count > 0; count--) {
      int bits = random.nextInt(4) == 0 ? random.nextInt(64) : random.nextInt(22);
      numbers.add(random.nextLong() & ((1L << bits) - 1));
    }
    return numbers;
  }

  private static byte[] message(List<Long> numbers) throws IOException {
    ProtoOutput packed = new ProtoOutput();
    numbers.forEach(packed::varint);
    ProtoOutput out = new ProtoOutput();
    out.message(1, packed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    out.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static List<Long> read(byte[] message) throws IOException {
    ProtoInput in = new ProtoInput(new ByteArrayInputStream(message));
    in.nextTopLevel();
    in.push(in.topLevelLength());
    int[] target = new int[in.left()];
    List<Long> numbers = new ArrayList<>();
    while (in.more()) {
      int count = in.shortVarints(target, 0);
      for (int at = 0; at < count; at++) {
        numbers.add((long) target[at]);
      }
      if (in.more()) {
        numbers.add(in.varint());
      }
    }
    return numbers;
  }
}
