// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VarintTableTest {
  private static byte[] bytes(ProtoOutput output) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    output.writeTo(bytes);
    return bytes.toByteArray();
  }

  @Test
  void writesNumbersOfEveryLengthAsVarints() throws IOException {
    long[] values = new long[3 * Long.SIZE + 2];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      values[3 * bit] = 1L << bit;
      values[3 * bit + 1] = (1L << bit) - 1;
      values[3 * bit + 2] = (1L << bit) + 1;
    }
    values[values.length - 1] = -1;
    Random random = new Random(1);
    int[] rows = new int[5000];
    ProtoOutput expected = new ProtoOutput();
    for (int at = 0; at < rows.length; at++) {
      rows[at] = random.nextInt(values.length);
      expected.varint(values[rows[at]]);
    }

    ProtoOutput actual = new ProtoOutput();
    actual.varints(new VarintTable(values), rows, rows.length);

    assertThat(bytes(actual)).isEqualTo(bytes(expected));
  }
}
