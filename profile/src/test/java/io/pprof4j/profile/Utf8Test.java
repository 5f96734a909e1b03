// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void encodesAsciiWithAndWithoutQuestionMarks() {
    assertThat(Utf8.encode("main.run")).isEqualTo(bytes("main.run"));
    assertThat(Utf8.encode("what?")).isEqualTo(bytes("what?"));
    assertThat(Utf8.encode("")).isEmpty();
  }

  @Test
  void keepsTextOfAllPlanes() {
    String text = "naïve \u4E2D\uD83D\uDE00?";

    byte[] encoded = Utf8.encode(text);

    assertThat(encoded).isEqualTo(bytes(text));
    assertThat(Utf8.decode(encoded)).isEqualTo(text);
  }

  @Test
  void keepsTheReplacementCharacterThatIsInTheText() {
    assertThat(Utf8.decode(bytes("a\uFFFDb"))).isEqualTo("a\uFFFDb");
  }

  @Test
  void turnsALoneByteIntoASurrogateAndBack() {
    byte[] lone = {'a', (byte) 0xFF, 'b'};

    String text = Utf8.decode(lone);

    assertThat(text).isEqualTo("a\uDCFFb");
    assertThat(Utf8.encode(text)).isEqualTo(lone);
  }

  @Test
  void tellsALoneByteFromTheQuestionMarkBesideIt() {
    byte[] lone = {'?', (byte) 0x80};

    assertThat(Utf8.encode(Utf8.decode(lone))).isEqualTo(lone);
  }

  @Test
  void losesNoByteOfAnyText() {
    Random random = new Random(7);
    for (int turn = 0; turn < 2000; turn++) {
      byte[] any = new byte[random.nextInt(12)];
      random.nextBytes(any);

      assertThat(Utf8.encode(Utf8.decode(any))).as("turn %d", turn).isEqualTo(any);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
