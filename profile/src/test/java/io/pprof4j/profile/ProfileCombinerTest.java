// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with {@link Profile#combine}, which sees all profiles at once. */
class ProfileCombinerTest {
  private static final ValueType COUNT = new ValueType("samples", "count");

  /** A profile of a few functions that others have too, with types as given. */
  private static Profile profile(Random random, ValueType... types) {
    ProfileBuilder builder = Profile.builder(types);
    for (int sample = random.nextInt(20); sample >= 0; sample--) {
      int[] stack = new int[1 + random.nextInt(4)];
      for (int depth = 0; depth < stack.length; depth++) {
        int function = builder.function("f" + random.nextInt(9), "", "F.java", 0);
        stack[depth] = builder.location(Locations.NO_MAPPING, function, random.nextInt(3));
      }
      long[] values = random.longs(types.length, -5, 100).toArray();
      builder.sample(stack, values);
    }
    return builder.build();
  }

  private static Profile combineInTurn(List<Profile> profiles) {
    ProfileCombiner combiner = new ProfileCombiner();
    profiles.forEach(combiner::add);
    return combiner.combine();
  }

  @Test
  void combinesProfilesOfOneKindAsAllAtOnce() {
    Random random = new Random(1);
    List<Profile> profiles = new ArrayList<>();
    for (int count = 0; count < 200; count++) {
      profiles.add(profile(random, COUNT, new ValueType("cpu", "nanoseconds")));

      assertThat(combineInTurn(profiles)).isEqualTo(Profile.combine(profiles));
    }
  }

  @Test
  void combinesProfilesThatDifferInTypesAndUnitsAsAllAtOnce() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Profile> profiles = new ArrayList<>();
      for (int count = 0; count < 2 + random.nextInt(62); count++) {
        profiles.add(
            switch (random.nextInt(4)) {
              case 0 -> profile(random, COUNT, new ValueType("cpu", "milliseconds"));
              case 1 -> profile(random, new ValueType("cpu", "microseconds"), COUNT);
              case 2 -> profile(random, COUNT, new ValueType("cpu", "seconds"), COUNT);
              default -> profile(random, COUNT, new ValueType("cpu", "microseconds"));
            });
      }

      assertThat(combineInTurn(profiles)).as("seed %d", seed).isEqualTo(Profile.combine(profiles));
    }
  }

  @Test
  void losesNothingOfManyProfilesThatDiffer() {
    Random random = new Random(9);
    List<Profile> profiles = new ArrayList<>();
    for (int count = 0; count < 300; count++) {
      profiles.add(profile(random, COUNT, new ValueType("cpu", count % 2 == 0 ? "ms" : "us")));
    }

    Profile combined = combineInTurn(profiles);

    assertThat(combined.sampleTypes().get(1).unit()).isEqualTo("us");
    assertThat(combined.total(1)).isEqualTo(Profile.combine(profiles).total(1));
  }

  @Test
  void givesASingleProfileBackAndRefusesNone() {
    Profile single = profile(new Random(4), COUNT);

    assertThat(combineInTurn(List.of(single))).isEqualTo(single);
    assertThatThrownBy(() -> new ProfileCombiner().combine())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesProfilesThatShareNoType() {
    Random random = new Random(5);
    List<Profile> profiles =
        List.of(profile(random, COUNT), profile(random, new ValueType("delay", "ns")));

    assertThatThrownBy(() -> combineInTurn(profiles))
        .isInstanceOf(IncompatibleProfilesException.class);
  }

  @Test
  void dropsTypesThatHaveOneName() {
    ValueType nanos = new ValueType("cpu", "nanoseconds");
    ValueType millis = new ValueType("cpu", "milliseconds");
    Profile profile = profile(new Random(3), nanos, COUNT, millis);

    Profile one = combineInTurn(List.of(profile));
    Profile two = combineInTurn(List.of(profile, profile));

    assertThat(one.sampleTypes()).containsExactly(COUNT);
    assertThat(one.header().defaultSampleType()).isEqualTo("samples");
    assertThat(two.sampleTypes()).containsExactly(COUNT);
    assertThat(two.total(0)).isEqualTo(2 * profile.total(1));
  }

  @Test
  void refusesAProfileOfWhichAllTypesHaveOneName() {
    Profile profile = profile(new Random(3), COUNT, COUNT);

    assertThatThrownBy(() -> combineInTurn(List.of(profile)))
        .isInstanceOf(IncompatibleProfilesException.class)
        .hasMessage("profiles have empty common sample type list");
  }
}
