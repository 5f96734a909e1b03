// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoRoundTripTest {
  @Test
  void keepsWhatTheBuilderWasGiven() throws IOException {
    ProfileBuilder builder =
        Profile.builder(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds"));
    JvmFrames frames = new JvmFrames(builder, "shop.jar");
    int sell =
        frames.location(
            new JvmMethod("com.acme.Shop$Cart", "sell", "(I)V", "Shop.java", 10, "shop.jar"), 12);
    int main =
        frames.location(
            new JvmMethod(
                "com.acme.Main", "main", "([Ljava/lang/String;)V", "Main.java", 3, "shop.jar"),
            5);
    int labels = builder.labels(List.of(Label.of("bytes", 48, "bytes"), Label.of("thread", "t1")));
    builder.sample(labels, new int[] {sell, main}, 1, 10_000_000);
    builder.sample(new int[] {main}, 2, -20_000_000);
    builder.header(header -> header.withTime(1_700_000_000_000_000_000L, 1_000_000_000L));

    Profile profile = readBack(builder.build());

    assertThat(profile.samples()).hasSize(2);
    Sample first = profile.samples().get(0);
    assertThat(first.values()).containsExactly(1L, 10_000_000L);
    assertThat(first.locations().get(0).lines().get(0).function().name())
        .isEqualTo("com.acme.Shop$Cart.sell");
    assertThat(first.locations().get(0).lines().get(0).function().filename())
        .isEqualTo("com/acme/Shop.java");
    assertThat(first.labels())
        .containsExactly(Label.of("thread", "t1"), Label.of("bytes", 48, "bytes"));
    assertThat(profile.total(1)).isEqualTo(-10_000_000L);
    assertThat(profile.mappings().get(0).hasInlineFrames()).isTrue();
    assertThat(profile.durationNanos()).isEqualTo(1_000_000_000L);
  }

  @Test
  void keepsBytesThatAreNotUtf8() throws IOException {
    String name = Utf8.decode(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, (byte) 0xA9, (byte) 0xC3});
    ProfileBuilder builder = Profile.builder(new ValueType("n", "count"));
    int function = builder.function(name, "", "", 0);
    builder.sample(new int[] {builder.location(Locations.NO_MAPPING, function, 1)}, 1);

    Profile profile = readBack(builder.build());

    assertThat(profile.functions().name(0)).isEqualTo(name);
    assertThat(Utf8.encode(name))
        .containsExactly('a', (byte) 0xFF, (byte) 0xC3, (byte) 0xA9, (byte) 0xC3);
  }

  @Test
  void rejectsAnEmptyInput() {
    assertThatThrownBy(() -> Profile.read(new ByteArrayInputStream(new byte[0])))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("empty input file");
  }

  private static Profile readBack(Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out);
    return Profile.read(new ByteArrayInputStream(out.toByteArray()));
  }
}
