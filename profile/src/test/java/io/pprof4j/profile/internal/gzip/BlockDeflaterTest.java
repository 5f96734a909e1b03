// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** What is deflated has to come back from the JDK's Inflater. */
class BlockDeflaterTest {
  private static final byte[] NOTHING = {};

  /** The end of a stream: a last block without content. */
  private static final byte[] END = {3, 0};

  private static byte[] inflate(byte[] dictionary, byte[] deflated, int length)
      throws DataFormatException {
    byte[] all = Arrays.copyOf(deflated, deflated.length + END.length);
    System.arraycopy(END, 0, all, deflated.length, END.length);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(dictionary);
      inflater.setInput(all);
      byte[] content = new byte[length + 1];
      int size = inflater.inflate(content);
      assertThat(inflater.finished()).isTrue();
      return Arrays.copyOf(content, size);
    } finally {
      inflater.end();
    }
  }

  private static int zlib(byte[] content, int level) {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      return deflater.deflate(new byte[content.length + 1000]);
    } finally {
      deflater.end();
    }
  }

  private static void assertComesBack(byte[] dictionary, byte[] content, String what)
      throws DataFormatException {
    byte[] deflated = BlockDeflater.deflate(dictionary, content);

    assertThat(inflate(dictionary, deflated, content.length)).as(what).isEqualTo(content);
  }

  /** Varints as those of stacks: runs of what went before, in between other numbers. */
  private static byte[] stacks(Random random, int length) {
    byte[] content = new byte[length];
    for (int at = 0; at < length; ) {
      int run = Math.min(length - at, 1 + random.nextInt(40));
      int back = 1 + random.nextInt(40_000);
      boolean repeat = back <= at && random.nextInt(3) > 0;
      for (int end = at + run; at < end; at++) {
        content[at] = repeat ? content[at - back] : (byte) (random.nextInt(16) * random.nextInt(9));
      }
    }
    return content;
  }

  @Test
  void givesBackContentOfEveryShortLength() throws DataFormatException {
    Random random = new Random(1);
    for (int length = 0; length < 600; length++) {
      assertComesBack(NOTHING, stacks(random, length), "length " + length);
    }
  }

  @Test
  void givesBackRunsOfEveryLengthAndRepetitionsFromEveryDistance() throws DataFormatException {
    for (int length = 1; length < 700; length++) {
      byte[] run = new byte[length + 20];
      Arrays.fill(run, 10, 10 + length, (byte) 7);
      assertComesBack(NOTHING, run, "run of " + length);
    }
    byte[] mark = "what is to be found again".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int distance : new int[] {25, 255, 256, 257, 32_767, 32_768, 32_769, 65_536, 98_304}) {
      byte[] content = new byte[distance + mark.length];
      new Random(distance).nextBytes(content);
      System.arraycopy(mark, 0, content, 0, mark.length);
      System.arraycopy(mark, 0, content, distance, mark.length);
      assertComesBack(NOTHING, content, "distance " + distance);
    }
  }

  @Test
  void givesBackContentOfAllKindsWithADictionary() throws DataFormatException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] all = stacks(random, 1 + random.nextInt(300_000));
      if (seed % 4 == 0) {
        byte[] noise = new byte[all.length / 2];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, all, 0, noise.length);
      }
      int start = random.nextInt(Math.min(all.length, MatchFinder.WINDOW) + 1);

      assertComesBack(
          Arrays.copyOf(all, start), Arrays.copyOfRange(all, start, all.length), "seed " + seed);
    }
  }

  @Test
  void givesBackContentWhoseRarestBytesWouldTakeCodesLongerThanTheLimit()
      throws DataFormatException {
    byte[] content = new byte[30_000];
    Random random = new Random(5);
    for (int at = 0, many = 1, symbol = 0; at < content.length; symbol++) {
      // Byte n occurs as often as Fibonacci's number n, which makes the deepest of all trees.
      int end = Math.min(content.length, at + many);
      Arrays.fill(content, at, end, (byte) symbol);
      at = end;
      many = Math.max(many + 1, many * 1618 / 1000);
    }
    for (int at = content.length - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      byte swapped = content[at];
      content[at] = content[other];
      content[other] = swapped;
    }

    assertComesBack(NOTHING, content, "skewed");
  }

  @Test
  void givesBackRepetitionsOfThreeBytesNearAndFar() throws DataFormatException {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      byte[] content = new byte[1 + random.nextInt(100_000)];
      random.nextBytes(content);
      int reach = 1 + random.nextInt(40_000);
      for (int at = reach; at + 3 <= content.length; at += 3 + random.nextInt(3)) {
        System.arraycopy(content, at - 1 - random.nextInt(reach), content, at, 3);
      }
      assertComesBack(NOTHING, content, "seed " + seed);
    }
  }

  @Test
  void takesThreeBytesThatRepeatNearby() {
    byte[] content = new byte[60_000];
    Random random = new Random(11);
    byte[][] words = new byte[200][3];
    for (byte[] word : words) {
      random.nextBytes(word);
    }
    for (int at = 0; at < content.length; at += 4) {
      System.arraycopy(words[random.nextInt(words.length)], 0, content, at, 3);
      content[at + 3] = (byte) random.nextInt();
    }

    int ours = BlockDeflater.deflate(NOTHING, content).length;

    // By themselves these bytes take eight bits each.
    assertThat(ours).isLessThan(content.length * 3 / 4);
  }

  @Test
  void startsABlockWhereOtherCodesAreBetter() throws DataFormatException {
    Random random = new Random(13);
    byte[] content = new byte[80_000];
    for (int at = 0; at < content.length; at++) {
      // Numbers of four bits, of which the first half of the content has others than the second.
      content[at] = (byte) (random.nextInt(16) + (at < content.length / 2 ? 0 : 100));
    }

    byte[] deflated = BlockDeflater.deflate(NOTHING, content);

    assertThat(inflate(NOTHING, deflated, content.length)).isEqualTo(content);
    // Four bits each; one code for both halves takes five.
    assertThat(deflated).hasSizeLessThan(content.length * 9 / 16);
  }

  @Test
  void givesBackNoiseAmidOtherContent() throws DataFormatException {
    for (int noise : new int[] {1, 8_191, 8_192, 65_535, 65_536, 65_537, 200_000}) {
      byte[] content = Arrays.copyOf(stacks(new Random(noise), 10_000), 20_000 + noise);
      byte[] bytes = new byte[noise];
      new Random(17).nextBytes(bytes);
      System.arraycopy(bytes, 0, content, 10_000, noise);

      assertComesBack(NOTHING, content, "noise of " + noise);
    }
  }

  @Test
  void isAsSmallAsZlibWithinAFewHundredths() {
    byte[] content = stacks(new Random(3), 1 << 18);

    int ours = BlockDeflater.deflate(NOTHING, content).length;

    assertThat(ours).isLessThan(zlib(content, 6) * 105 / 100);
  }

  @Test
  void keepsWhatDoesNotCompressAsItIs() throws DataFormatException {
    byte[] content = new byte[1 << 18];
    new Random(7).nextBytes(content);

    byte[] deflated = BlockDeflater.deflate(NOTHING, content);

    assertThat(deflated).hasSizeLessThan(content.length + 100);
    assertThat(inflate(NOTHING, deflated, content.length)).isEqualTo(content);
  }
}
