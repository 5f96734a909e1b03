// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for every profile; a failure names the seed. */
class ProfileLawsTest {
  private static boolean name(String name) {
    return name.contains("a");
  }

  static java.util.stream.LongStream seeds() {
    return java.util.stream.LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void writingAndReadingIsTheIdentity(long seed) throws IOException {
    Profile profile = Profiles.random(seed);

    Profile read = Profiles.read(Profiles.bytes(profile));

    assertThat(read).isEqualTo(profile).hasSameHashCodeAs(profile);
    assertThat(Profiles.bytes(read)).isEqualTo(Profiles.bytes(profile));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mergingIsCommutativeAndAssociativeUpToOrder(long seed) {
    Profile a = Profiles.random(seed, 1);
    Profile b = Profiles.random(seed + 1000, 1);
    Profile c = Profiles.random(seed + 2000, 1);

    Map<String, List<Long>> all = contents(Profile.merge(List.of(a, b, c)));

    assertThat(contents(Profile.merge(List.of(c, b, a)))).isEqualTo(all);
    assertThat(contents(Profile.merge(List.of(a, Profile.merge(List.of(b, c)))))).isEqualTo(all);
    assertThat(contents(Profile.merge(List.of(Profile.merge(List.of(a, b)), c)))).isEqualTo(all);
  }

  /**
   * Sums by stack and labels. Addresses are left out: they depend on where the first profile had
   * its mappings.
   */
  private static Map<String, List<Long>> contents(Profile profile) {
    Map<String, List<Long>> sums = new TreeMap<>();
    List<String> lines = Profiles.lines(profile);
    for (int sample = 0; sample < lines.size(); sample++) {
      List<Long> values = profile.samples().get(sample).values();
      String stack = lines.get(sample).replace(" " + join(values), " ");
      sums.merge(stack, List.copyOf(values), ProfileLawsTest::sum);
    }
    sums.values().removeIf(values -> values.stream().allMatch(value -> value == 0));
    return sums;
  }

  private static String join(List<Long> values) {
    return values.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(","));
  }

  private static List<Long> sum(List<Long> a, List<Long> b) {
    return java.util.stream.IntStream.range(0, a.size())
        .mapToObj(at -> a.get(at) + b.get(at))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mergingKeepsTotals(long seed) {
    Profile a = Profiles.random(seed, 2);
    Profile b = Profiles.random(seed + 1000, 2);

    Profile merged = Profile.merge(List.of(a, b));

    for (int type = 0; type < a.sampleTypes().size(); type++) {
      assertThat(merged.total(type)).isEqualTo(a.total(type) + b.total(type));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compactingTwiceIsCompactingOnce(long seed) {
    Profile compact = Profiles.random(seed).compact();

    assertThat(compact.compact()).isEqualTo(compact);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aProfileMinusItselfIsEmpty(long seed) {
    Profile profile = Profiles.random(seed);

    assertThat(profile.minus(profile).samples()).isEmpty();
    assertThat(profile.minus(profile).locations()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void focusAndIgnoreShareTheSamplesWithFrames(long seed) {
    Profile profile = Profiles.random(seed);

    Profile focused =
        profile.filter(ProfileFilter.builder().focus(ProfileLawsTest::name).build()).profile();
    Profile ignored =
        profile.filter(ProfileFilter.builder().ignore(ProfileLawsTest::name).build()).profile();

    long withFrames =
        profile.samples().stream().filter(sample -> !sample.locations().isEmpty()).count();
    assertThat(focused.samples().size() + ignored.samples().size()).isEqualTo((int) withFrames);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void filteringTwiceIsFilteringOnce(long seed) {
    Profile profile = Profiles.random(seed);
    for (ProfileFilter filter :
        List.of(
            ProfileFilter.builder().focus(ProfileLawsTest::name).build(),
            ProfileFilter.builder().hide(ProfileLawsTest::name).build(),
            ProfileFilter.builder().show(ProfileLawsTest::name).build(),
            ProfileFilter.builder().showFrom(ProfileLawsTest::name).build(),
            ProfileFilter.builder().tagHide("thread"::equals).build())) {
      Profile once = profile.filter(filter).profile();

      assertThat(once.filter(filter).profile()).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void filtersOnlyTakeAway(long seed) {
    Profile profile = Profiles.random(seed);
    ProfileFilter filter =
        ProfileFilter.builder()
            .hide(ProfileLawsTest::name)
            .showFrom(name -> name.contains("n"))
            .build();

    Profile filtered = profile.filter(filter).profile();

    assertThat(filtered.samples().size()).isLessThanOrEqualTo(profile.samples().size());
    assertThat(filtered.stacks().maxDepth()).isLessThanOrEqualTo(profile.stacks().maxDepth());
  }
}
