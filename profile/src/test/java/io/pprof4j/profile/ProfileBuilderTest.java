// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
  void numbersEqualLocationsAlikeButForThoseOfTheirOwn() {
    int function = builder.function("f", "", "", 0);
    List<LineSpec> lines = new ArrayList<>();
    for (int line = 0; line < 50; line++) { // as many inlined frames as no compiler makes
      lines.add(new LineSpec(function, line, line % 7));
    }
    LocationSpec spec = new LocationSpec(Locations.NO_MAPPING, 16, lines, true);

    int first = builder.location(spec);
    int own = builder.newLocation(spec);
    int unfolded = builder.location(new LocationSpec(Locations.NO_MAPPING, 16, lines, false));
    int shorter =
        builder.location(new LocationSpec(Locations.NO_MAPPING, 16, lines.subList(0, 49), true));

    assertThat(List.of(first, own, unfolded, shorter)).doesNotHaveDuplicates();
    assertThat(builder.location(spec)).isEqualTo(first);
    for (int location : new int[] {first, own, unfolded, shorter}) {
      builder.sample(new int[] {location}, 1);
    }
    assertThat(builder.build().samples())
        .extracting(sample -> sample.locations().get(0))
        .satisfiesExactly(
            at -> assertThat(at.lines()).hasSize(50).last().returns(49L, Line::line),
            at -> assertThat(at.lines()).hasSize(50).last().returns(0L, Line::column),
            at -> assertThat(at.folded()).isFalse(),
            at -> assertThat(at.lines()).hasSize(49));
  }

  @Test
  void refusesRowsThatItHasNot() {
    int function = builder.function("f", "", "", 0);
    LocationSpec unknown =
        new LocationSpec(
            Locations.NO_MAPPING,
            0,
            List.of(LineSpec.of(function, 1), LineSpec.of(function + 1, 1)),
            false);

    assertThatThrownBy(() -> builder.location(unknown))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.newLocation(unknown))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.location(0, function, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.stack(new int[] {0}))
        .isInstanceOf(IndexOutOfBoundsException.class);

    // What was refused leaves nothing behind.
    int location = builder.location(Locations.NO_MAPPING, function, 7);
    assertThat(builder.stack(new int[] {location})).isZero();
    builder.sampleOfStack(0, 0, 1);
    assertThat(builder.build().samples().get(0).locations())
        .singleElement()
        .satisfies(at -> assertThat(at.lines()).singleElement().returns(7L, Line::line));
  }

  /** Rows of 16 bits and of more, some stacks in both batches, and a batch that is used again. */
  @Test
  void makesRowsOfBatchesAsOfSingleStacks() {
    ProfileBuilder one = Profile.builder(COUNT);
    ProfileBuilder other = Profile.builder(COUNT);
    for (ProfileBuilder each : List.of(one, other)) {
      int function = each.function("f", "", "", 0);
      for (int line = 0; line < 70_000; line++) {
        each.location(Locations.NO_MAPPING, function, line);
      }
    }
    Random random = new Random(5);
    StackBatch batch = new StackBatch();
    for (int bound : new int[] {3, 70_000, 2, 70_000}) {
      batch.clear();
      List<Integer> expected = new ArrayList<>();
      for (int stack = 0; stack < 500; stack++) {
        int[] rows = random.ints(random.nextInt(6), 0, bound).toArray();
        expected.add(one.stack(rows));
        batch.add(Arrays.copyOf(rows, rows.length + 3), rows.length);
      }
      assertThat(batch.size()).isEqualTo(500);
      assertThat(other.stacks(batch)).containsExactly(expected.toArray(Integer[]::new));
    }
  }

  @Test
  void refusesBatchesWithLocationsThatThereAreNot() {
    int known = stack(1, 2);
    StackBatch batch = new StackBatch();
    for (int unknown : new int[] {2, 70_000, -1, Integer.MIN_VALUE}) {
      batch.clear();
      batch.add(new int[] {0, 1}, 2);
      batch.add(new int[] {1, unknown, 0}, 3);
      assertThatThrownBy(() -> builder.stacks(batch))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("2 there are");
    }
    batch.clear();
    batch.add(new int[] {0, 1, 99}, 2);
    assertThat(builder.stacks(batch)).containsExactly(known);
  }

  @Test
  void takesAnyNumberOfSamplesWhateverIsExpected() {
    int stack = stack(1);
    builder.expectSamples(1);
    for (long sample = 0; sample < 100; sample++) {
      builder.sampleOfStack(0, stack, sample);
    }
    builder.expectSamples(50);

    assertThat(builder.build().samples()).hasSize(100).last().returns(99L, s -> s.value(0));
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
