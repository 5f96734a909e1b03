// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several profiles over the tables of one builder. */
class ProfileBuilderTest {
  private static final ValueType COUNT = new ValueType("samples", "count");

  private final ProfileBuilder builder = Profile.builder(COUNT);

  private int stack(int... lines) {
    int function = builder.function("f", "", "", 0);
    int[] rows = new int[lines.length];
    for (int frame = 0; frame < lines.length; frame++) {
      rows[frame] = builder.location(Locations.NO_MAPPING, function, lines[frame]);
    }
    return builder.stack(rows);
  }

  private int labels(String value) {
    return builder.labels(List.of(Label.of("z", 7, "bytes"), Label.of("a", value)));
  }

  private static byte[] bytes(Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeUncompressedTo(out);
    return out.toByteArray();
  }

  @Test
  void givesSamplesOverTheTablesAsIfTheyHadBeenAdded() throws IOException {
    int[] stacks = {stack(1, 2), stack(3), stack(1, 2)};
    int[] labels = {labels("x"), 0, labels("y")};

    Profile given = builder.profileOf(stacks, labels, new long[] {5, 6, 7});
    for (int sample = 0; sample < stacks.length; sample++) {
      builder.sampleOfStack(labels[sample], stacks[sample], 5 + sample);
    }

    assertThat(bytes(given)).isEqualTo(bytes(builder.build()));
    assertThat(given.stacks().size()).isEqualTo(2);
  }

  @Test
  void staysAsItIsWhenTheBuilderGoesOn() throws IOException {
    int[] first = {stack(1, 2)};
    int[] labels = {labels("x")};
    Profile before = builder.profileOf(first, labels, new long[] {1});
    byte[] written = bytes(before);

    first[0] = 0;
    for (int line = 0; line < 100_000; line++) { // more locations than 16 bits can number
      stack(line, line + 1);
    }
    labels("another");
    Profile after = builder.profileOf(new int[] {stack(70_000, 70_001)}, labels, new long[] {2});

    assertThat(bytes(before)).isEqualTo(written);
    assertThat(before.stacks().size()).isEqualTo(1);
    assertThat(after.samples().get(0).locations())
        .extracting(at -> at.lines().get(0).line())
        .containsExactly(70_000L, 70_001L);
    assertThat(after.samples().get(0).labels())
        .containsExactly(Label.of("a", "x"), Label.of("z", 7, "bytes"));
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    int[] row = {stack(1)};
    int[] none = {0};

    assertThatIllegalArgumentException().isThrownBy(() -> builder.profileOf(row, none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.profileOf(row, none, new long[] {1, 2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.profileOf(row, new int[0], new long[] {1}));
    assertThatThrownBy(() -> builder.profileOf(new int[] {9}, none, new long[] {1}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.profileOf(row, new int[] {9}, new long[] {1}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
