// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.internal.gzip.BlockGzip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockGzipTest {
  private static byte[] gzip(byte[] content, int level) throws IOException {
    return gzip(content, level, 0);
  }

  private static byte[] gzip(byte[] content, int level, long expected) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BlockGzip gzip = new BlockGzip(out, level, expected)) {
      int half = content.length / 2;
      gzip.write(content, 0, half);
      gzip.write(content, half, content.length - half);
      gzip.finish();
    }
    return out.toByteArray();
  }

  /** Bytes that compress somewhat, as those of profiles do. */
  private static byte[] content(int length) {
    Random random = new Random(length);
    byte[] content = new byte[length];
    for (int at = 0; at < length; at++) {
      content[at] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : at % 50);
    }
    return content;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1 << 18, (1 << 18) + 1, 1 << 19, 1_000_001})
  void isReadByTheJdk(int length) throws IOException {
    byte[] content = content(length);

    for (int level : new int[] {-1, 0, 1, 9}) {
      byte[] gzip = gzip(content, level);

      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
        assertThat(in.readAllBytes()).as("level %d", level).isEqualTo(content);
      }
    }
  }

  @Test
  void doesNotGrowWhatDoesNotCompressByMoreThanAThousandth() throws IOException {
    byte[] content = new byte[2_000_000];
    new Random(7).nextBytes(content);

    assertThat(gzip(content, 6).length).isLessThan(2_002_000);
  }

  @Test
  void leavesNothingButTheEndToTheJdkWhereMuchIsExpected() throws IOException {
    byte[] content = content(3_000_000);

    byte[] own = gzip(content, 6, 1L << 30);

    assertThat(own).isNotEqualTo(gzip(content, 6));
    assertThat(gzip(content, 9, 1L << 30)).isEqualTo(gzip(content, 9));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(own))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void givesTheSameBytesEachTime() throws IOException {
    byte[] content = content(2_000_000);

    assertThat(gzip(content, 6)).isEqualTo(gzip(content, 6));
  }

  @Test
  void writesAProfileThatReadsAsTheSame() throws IOException {
    Profile profile = new RandomProfile(new Random(3)).build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    profile.writeParallelTo(out, 6);

    assertThat(Profile.read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(profile);
  }

  @Test
  void refusesLevelsAndColumnsThatDoNotExist() {
    Profile profile = new RandomProfile(new Random(3)).build();
    OutputStream out = OutputStream.nullOutputStream();
    int columns = profile.sampleTypes().size();

    assertThatThrownBy(() -> profile.writeParallelTo(out, 42))
        .hasMessage("invalid compression level: 42");
    assertThatThrownBy(() -> profile.writeTo(out, 42)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> profile.total(columns)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> profile.writeCollapsedTo(out, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
