// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.internal.gzip.GzipInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are taken for short or long, which are not inflated by the same code. */
class GzipInputTest {
  private static final int LENGTH_OF_HEADER = 10;
  private static final int LENGTH_OF_TRAILER = 8;

  /** From how many bytes on an input is long: none is, and all are. */
  private static final long[] LONG_FROM = {Long.MAX_VALUE, 0};

  private static byte[] read(byte[] gzip, long longFrom) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(gzip);
    try (GzipInput in = new GzipInput(bytes, ReadLimits.defaults(), longFrom)) {
      return in.readAllBytes();
    }
  }

  private static void assertReads(byte[] gzip, byte[] content) throws IOException {
    for (long longFrom : LONG_FROM) {
      assertThat(read(gzip, longFrom)).isEqualTo(content);
    }
  }

  private static void assertRejects(byte[] gzip, String problem) {
    for (long longFrom : LONG_FROM) {
      assertThatThrownBy(() -> read(gzip, longFrom))
          .isInstanceOf(ProfileFormatException.class)
          .hasMessageStartingWith("decompressing profile: " + problem);
    }
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    Random random = new Random(length);
    for (int at = 0; at < length; at++) {
      content[at] = (byte) random.nextInt(40);
    }
    return content;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] concatenate(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 90000, 100000, 2000000})
  void readsMembersOfAnyLength(int length) throws IOException {
    byte[] content = content(length);

    assertReads(gzip(content), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 2000000})
  void readsMembersThatFollowEachOther(int length) throws IOException {
    byte[] first = content(length);
    byte[] second = content(length / 2 + 1);

    assertReads(concatenate(gzip(first), gzip(second)), concatenate(first, second));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 2000000})
  void rejectsAWrongChecksumAndAWrongLength(int length) throws IOException {
    byte[] gzip = gzip(content(length));

    for (int at = gzip.length - LENGTH_OF_TRAILER; at < gzip.length; at++) {
      byte[] wrong = gzip.clone();
      wrong[at] ^= 0x10;
      assertRejects(wrong, "gzip: invalid checksum");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 2000000})
  void rejectsWhatEndsTooEarly(int length) throws IOException {
    byte[] gzip = gzip(content(length));

    for (int missing = 1; missing < 40; missing++) {
      byte[] truncated = Arrays.copyOf(gzip, gzip.length - missing);
      assertRejects(truncated, "unexpected EOF");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 2000000})
  void rejectsWhatIsNoMemberBehindOne(int length) throws IOException {
    byte[] followed = concatenate(gzip(content(length)), new byte[12]);

    assertRejects(followed, "gzip: invalid header");
  }

  @Test
  void countsWhatIsCorruptFromBehindTheHeader() throws IOException {
    byte[] reserved = Arrays.copyOf(gzip(new byte[0]), 30);
    reserved[LENGTH_OF_HEADER] = 0b111;

    assertRejects(reserved, "flate: corrupt input before offset 1");
    assertRejects(concatenate(gzip(content(9)), reserved), "flate: corrupt input before offset 1");
  }

  @Test
  void rejectsWhatInflatesToFarMoreThanItIs() throws IOException {
    byte[] bomb = concatenate(gzip(content(200_000)), gzip(new byte[200_000_000]));

    assertRejects(bomb, "more than 200 times the compressed size");
  }
}
