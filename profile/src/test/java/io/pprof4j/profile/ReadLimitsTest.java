// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReadLimitsTest {
  @Test
  void stopsAtTheUncompressedSize() throws IOException {
    Profile profile = Profiles.random(7);
    ProfileReader reader = ProfileReader.withLimits(ReadLimits.defaults().withMaxBytes(100));

    assertThatThrownBy(() -> reader.read(Profiles.bytes(profile)))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("100 bytes that the limits allow");
    assertThatThrownBy(() -> reader.read(gzip(Profiles.bytes(profile))))
        .hasMessageContaining("100 bytes that the limits allow");
  }

  @Test
  void stopsAtARatioThatNoProfileHas() throws IOException {
    byte[] bomb = gzip(new byte[80 << 20]);

    assertThatThrownBy(() -> ProfileReader.withDefaults().read(bomb))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("200 times the compressed size");
  }

  @Test
  void stopsAtTooManyRows() {
    Profile profile = Profiles.profiles().sample(1, "a").sample(2, "b").build();
    ProfileReader reader = ProfileReader.withLimits(ReadLimits.defaults().withMaxRows(1));

    assertThatThrownBy(() -> reader.read(Profiles.bytes(profile)))
        .hasMessageContaining("more than the 1 rows");
  }

  @Test
  void readsMembersThatFollowEachOther() throws IOException {
    Profile profile = Profiles.random(3);
    byte[] bytes = Profiles.bytes(profile);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(java.util.Arrays.copyOf(bytes, 10)));
    members.write(gzip(java.util.Arrays.copyOfRange(bytes, 10, bytes.length)));

    assertThat(Profiles.read(members.toByteArray())).isEqualTo(profile);
  }

  @Test
  void inflatesLongInputsInAnotherThread() throws IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("n", "count"));
    int location = builder.location(Locations.NO_MAPPING, builder.function("f", "", "", 0), 1);
    for (int sample = 0; sample < 400_000; sample++) {
      builder.sample(new int[] {location}, sample);
    }
    Profile profile = builder.build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out, 1);

    assertThat(Profile.read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(profile);
  }

  @Test
  void aBrokenEndOfALongInputIsReported() throws IOException {
    byte[] noise = new byte[3 << 20];
    new java.util.Random(1).nextBytes(noise);
    byte[] compressed = gzip(noise);
    compressed[compressed.length - 5] ^= 1;

    assertThatThrownBy(() -> Profiles.read(compressed))
        .hasMessage("decompressing profile: gzip: invalid checksum");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
