// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples in every form that the wire allows. */
class SampleReaderTest {
  /** So many samples of {@link #DEPTH} frames that they are decoded by another thread. */
  private static final int MANY = 100_000;

  private static final int DEPTH = 60;

  private static final List<ProfileReader> READERS =
      List.of(ProfileReader.withDefaults(), ProfileReader.withDefaults().withoutStacks());

  private final ProtoOutput profile = new ProtoOutput();

  @Test
  void stacksAreEqualHoweverTheirNumbersAreWritten() throws IOException {
    tables(1, 2, 300);
    sample(packed(1, 2, 300), value(1));
    sample(unpacked(1, 2, 300), value(2));
    sample(packed(1), packed(2, 300), value(3));
    sample(packed(), packed(1, 2, 300), value(4));
    sample(packed(1, 2), unpacked(300), value(5));
    sample(longer(1, 2, 300), value(6));
    sample(unpacked(1), value(7), packed(2, 300));
    sample(packed(300, 2, 1), value(8));

    Profile read = read();

    assertThat(read.stacks().size()).isEqualTo(2);
    assertThat(read.samples().sumByStack(0)).containsExactly(28, 8);
    assertThat(read.samples().get(2).locations())
        .extracting(Location::id)
        .containsExactly(1L, 2L, 300L);
  }

  @Test
  void locationsHaveIdsOfAnySize() throws IOException {
    long[] ids = {1, 65_535, 65_536, 2_097_152, 1L << 31, 1L << 40, -1};
    tables(ids);
    sample(packed(1, 65_535), value(1));
    sample(packed(ids), value(1));
    sample(packed(1, 65_535), value(1));
    sample(unpacked(ids), value(1));

    Profile read = read();

    assertThat(read.stacks().size()).isEqualTo(2);
    assertThat(read.samples().get(3).locations())
        .extracting(Location::id)
        .containsExactlyElementsOf(Arrays.stream(ids).boxed().toList());
    assertThat(read.samples().get(2).locations())
        .extracting(Location::id)
        .containsExactly(1L, 65_535L);
    assertThat(READERS.get(1).read(profileBytes()).samples()).hasSize(4);
  }

  @Test
  void aStackOfAnIdThatNoLocationHasIsRefused() throws IOException {
    for (long missing : new long[] {0, 2, 128, 70_000, 2_097_151, 2_097_152, 1L << 40, -5}) {
      profile.clear();
      tables(1, 3);
      sample(packed(1, 3), value(1));
      sample(packed(3, missing, 1), value(1));

      for (ProfileReader reader : READERS) {
        assertThatThrownBy(() -> reader.read(profileBytes()))
            .as("id %d", missing)
            .isInstanceOf(ProfileFormatException.class)
            .hasMessage("malformed profile: sample has nil location");
      }
    }
  }

  @Test
  void manySamplesAreReadInTheirOrder() throws IOException {
    tables(1, 2, 3);
    for (int sample = 0; sample < MANY; sample++) {
      sample(packed(deep(1 + sample % 3, 1 + sample % 2)), value(sample));
    }

    Profile read = read();

    assertThat(read.samples()).hasSize(MANY);
    assertThat(read.stacks().size()).isEqualTo(6);
    for (int sample = 0; sample < MANY; sample += 997) {
      assertThat(read.samples().value(sample, 0)).isEqualTo(sample);
      assertThat(read.samples().get(sample).locations())
          .hasSize(DEPTH)
          .extracting(Location::id)
          .startsWith(1L + sample % 3, 1L + sample % 2);
    }
  }

  @Test
  void theFirstMistakeAmongManySamplesIsReportedWithItsPlace() throws IOException {
    tables(1);
    for (int sample = 0; sample < MANY; sample++) {
      sample(packed(deep(1, 1)), value(1));
    }
    long broken = profileBytes().length;
    profile.length(2, 2);
    profile.bytes(new byte[] {10, 5}, 0, 2);
    sample(packed(1), value(1));
    profile.bytes(new byte[] {(byte) 0xFF}, 0, 1);

    MalformedProtoException malformed =
        catchThrowableOfType(
            MalformedProtoException.class,
            () ->
                ProtoReader.read(
                    new ByteArrayInputStream(profileBytes()), ReadLimits.defaults(), true));

    assertThat(malformed).hasMessageStartingWith("length 5 exceeds the 0 bytes left");
    assertThat(malformed.offset()).isEqualTo(broken + 4);
  }

  private static long[] deep(long leaf, long caller) {
    long[] ids = new long[DEPTH];
    Arrays.fill(ids, caller);
    ids[0] = leaf;
    return ids;
  }

  private void tables(long... locationIds) {
    ProtoOutput type = new ProtoOutput();
    type.optional(1, 1);
    type.optional(2, 1);
    profile.message(1, type);
    for (long id : locationIds) {
      ProtoOutput location = new ProtoOutput();
      location.field(1, id);
      profile.message(4, location);
    }
    profile.length(6, 0);
    profile.length(6, 1);
    profile.bytes(new byte[] {'n'}, 0, 1);
  }

  private void sample(ProtoOutput... fields) {
    ProtoOutput sample = new ProtoOutput();
    for (ProtoOutput field : fields) {
      sample.append(field);
    }
    profile.message(2, sample);
  }

  private static ProtoOutput packed(long... ids) {
    ProtoOutput numbers = new ProtoOutput();
    for (long id : ids) {
      numbers.varint(id);
    }
    ProtoOutput field = new ProtoOutput();
    field.message(1, numbers);
    return field;
  }

  private static ProtoOutput unpacked(long... ids) {
    ProtoOutput fields = new ProtoOutput();
    for (long id : ids) {
      fields.field(1, id);
    }
    return fields;
  }

  /** Packed numbers below 2^14 in three bytes each, more than they need. */
  private static ProtoOutput longer(int... ids) {
    ProtoOutput numbers = new ProtoOutput();
    for (int id : ids) {
      byte[] varint = {(byte) (id | 0x80), (byte) (id >> 7 | 0x80), 0};
      numbers.bytes(varint, 0, varint.length);
    }
    ProtoOutput field = new ProtoOutput();
    field.message(1, numbers);
    return field;
  }

  private static ProtoOutput value(long value) {
    ProtoOutput field = new ProtoOutput();
    field.field(2, value);
    return field;
  }

  private Profile read() throws IOException {
    return Profile.read(new ByteArrayInputStream(profileBytes()));
  }

  private byte[] profileBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    profile.writeTo(bytes);
    return bytes.toByteArray();
  }
}
