// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.ProfileFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextNumbersTest {
  private final TextNumbers numbers = new TextNumbers();

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] encoded = new byte[bytes.length + 2];
    encoded[0] = TextEncoding.UTF8;
    encoded[1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, encoded, 2, bytes.length);
    return encoded;
  }

  private int number(byte... encoded) throws ProfileFormatException {
    return numbers.number(encoded, 0, encoded.length);
  }

  @Test
  void numbersEqualTextsAlikeAndOthersApart() throws ProfileFormatException {
    Random random = new Random(7);
    Map<String, Integer> known = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      String text = Integer.toString(random.nextInt(8000), 3).repeat(random.nextInt(3)) + "ä";
      int number = number(utf8(text));

      assertThat(number).isEqualTo(known.computeIfAbsent(text, added -> number));
      assertThat(numbers.text(number)).isEqualTo(text);
    }
    assertThat(known.values()).doesNotHaveDuplicates().hasSizeGreaterThan(5000);
  }

  @Test
  void readsEveryEncoding() throws ProfileFormatException {
    assertThat(numbers.text(number(TextEncoding.EMPTY))).isEmpty();
    assertThat(numbers.text(number(TextEncoding.NULL))).isEmpty();
    assertThat(numbers.text(number(TextEncoding.LATIN1, (byte) 1, (byte) 0xE4))).isEqualTo("ä");
    assertThat(numbers.text(number(TextEncoding.CHARS, (byte) 2, (byte) 65, (byte) 66)))
        .isEqualTo("AB");
    assertThat(numbers.text(number(utf8("a")))).isEqualTo("a");
  }

  @Test
  void refusesAnEncodingThatThereIsNot() {
    assertThatThrownBy(() -> number((byte) 77)).isInstanceOf(ProfileFormatException.class);
  }
}
