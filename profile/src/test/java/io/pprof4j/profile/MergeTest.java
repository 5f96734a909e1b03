// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static io.pprof4j.profile.Profiles.lines;
import static io.pprof4j.profile.Profiles.profiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final ValueType SAMPLES = new ValueType("samples", "count");
  private static final ValueType CPU = new ValueType("cpu", "nanoseconds");

  @Test
  void sumsSamplesWithEqualStacksAndLabels() {
    List<Label> label = List.of(Label.of("thread", "t1"));
    Profile one = profiles().sample(1, "a", "b").sample(label, 2, "a", "b").build();
    Profile two = profiles().sample(4, "c", "b").sample(8, "a", "b").build();

    assertThat(lines(Profile.merge(List.of(one, two))))
        .containsExactly("a;b 9", "a;b 2 thread=t1", "c;b 4");
  }

  @Test
  void findsEverySampleOfAStackWithManyLabelsAgain() {
    Profiles runs = profiles();
    Profiles backwards = profiles();
    for (int thread = 0; thread < 500; thread++) {
      runs.sample(List.of(Label.of("thread", "t" + thread)), thread + 1, "a", "b");
      int last = 499 - thread;
      backwards.sample(List.of(Label.of("thread", "t" + last)), last + 1, "a", "b");
    }

    Profile merged = Profile.merge(List.of(runs.build(), backwards.build()));

    List<String> expected =
        IntStream.range(0, 500)
            .mapToObj(thread -> "a;b " + 2 * (thread + 1) + " thread=t" + thread)
            .toList();
    assertThat(lines(merged)).containsExactlyElementsOf(expected);
  }

  @Test
  void forgetsSamplesThatBecomeZeroAndWhatOnlyTheyUsed() {
    Profile one = profiles().sample(1, "a", "b").sample(2, "c", "b").build();
    Profile two = profiles().sample(-1, "a", "b").build();

    Profile merged = Profile.merge(List.of(one, two));

    assertThat(lines(merged)).containsExactly("c;b 2");
    assertThat(merged.functions()).extracting(Function::name).containsExactly("c", "b");
  }

  @Test
  void keepsInlinedFramesApartThatDifferInColumnOnly() {
    ProfileBuilder builder = Profile.builder(SAMPLES);
    int f = builder.function("f", "", "", 0);
    int g = builder.function("g", "", "", 0);
    for (long column = 1; column <= 2; column++) {
      List<LineSpec> lines = List.of(new LineSpec(f, 1, column), new LineSpec(g, 2, 0));
      builder.sample(
          new int[] {builder.location(new LocationSpec(Locations.NO_MAPPING, 0, lines, false))}, 1);
    }

    assertThat(builder.build().compact().samples()).hasSize(2);
  }

  @Test
  void movesAddressesOfMappingsThatWereLoadedElsewhere() {
    Profile merged = Profile.merge(List.of(loadedAt(0x1000), loadedAt(0x9000)));

    assertThat(merged.samples()).hasSize(1);
    assertThat(merged.total(0)).isEqualTo(2);
    assertThat(merged.locations().address(0)).isEqualTo(0x1010);
  }

  private static Profile loadedAt(long start) {
    ProfileBuilder builder = Profile.builder(SAMPLES);
    int mapping =
        builder.mapping(
            new MappingSpec(start, start + 0x800, 0, "lib.so", "", MappingSpec.Resolved.NOTHING));
    int location = builder.location(new LocationSpec(mapping, start + 0x10, List.of(), false));
    return builder.sample(new int[] {location}, 1).build();
  }

  @Test
  void rejectsProfilesThatMeasureSomethingElse() {
    Profile samples = profiles().sample(1, "a").build();
    Profile cpu = profiles(CPU).sample(1, "a").build();

    assertThatThrownBy(() -> Profile.merge(List.of(samples, cpu)))
        .isInstanceOf(IncompatibleProfilesException.class)
        .hasMessageContaining("samples/count");
    assertThatThrownBy(() -> Profile.combine(List.of(samples, cpu)))
        .hasMessage("profiles have empty common sample type list");
  }

  @Test
  void combinesByCommonTypesInTheFinestUnit() {
    ValueType millis = new ValueType("cpu", "ms");
    Profile one = profiles(SAMPLES, millis).sample(List.of(), new long[] {1, 5}, "a").build();
    Profile two = profiles(CPU).sample(7, "a").build();

    Profile combined = Profile.combine(List.of(one, two));

    assertThat(combined.sampleTypes()).containsExactly(CPU);
    assertThat(lines(combined)).containsExactly("a 5000007");
  }

  @Test
  void minusItselfIsEmptyWhateverTheValues() {
    Profile profile = profiles().sample(Long.MAX_VALUE - 1, "a").sample(-3, "b").build();

    assertThat(profile.minus(profile).samples()).isEmpty();
  }

  @Test
  void diffMarksTheSamplesOfTheBase() {
    Profile profile = profiles().sample(5, "a").build();

    assertThat(lines(profile.diff(profile))).containsExactly("a 5", "a -5 pprof::base=true");
  }

  @Test
  void scalingDropsOnlySamplesWithNothingButZeros() {
    Profile profile =
        profiles(SAMPLES, CPU)
            .sample(List.of(), new long[] {1, 1}, "a")
            .sample(List.of(), new long[] {0, 1}, "b")
            .build();

    assertThat(lines(profile.scale(new double[] {1, 0.1}))).containsExactly("a 1,0");
    assertThat(lines(profile.scale(2.5))).containsExactly("a 3,3", "b 0,3");
    assertThat(lines(profile.scale(-2.5))).containsExactly("a -3,-3", "b 0,-3");
  }

  @Test
  void normalizesEachTypeToTheTotalOfTheBase() {
    Profile profile = profiles().sample(1, "a").sample(3, "b").build();
    Profile base = profiles().sample(8, "c").build();

    assertThat(lines(profile.normalize(base))).containsExactly("a 2", "b 6");
  }

  @Test
  void selectsASampleTypeAsPprofDoes() {
    Profile profile = profiles(SAMPLES, new ValueType("space", "bytes")).sample(1, "a").build();

    assertThat(profile.sampleTypeIndex("")).isEqualTo(1);
    assertThat(profile.sampleTypeIndex("samples")).isZero();
    assertThat(profile.sampleTypeIndex("inuse_space")).isEqualTo(1);
    assertThat(profile.sampleTypeIndex("1")).isEqualTo(1);
    assertThat(profile.withHeader(h -> h.withDefaultSampleType("samples")).sampleTypeIndex(""))
        .isZero();
    assertThatThrownBy(() -> profile.sampleTypeIndex("9"))
        .hasMessage("sample_index 9 is outside the range [0..1]");
    assertThatThrownBy(() -> profile.sampleTypeIndex("x"))
        .hasMessage("sample_index \"x\" must be one of: [samples space]");
  }

  @Test
  void infersUnitsOfNumericLabels() {
    Profile profile =
        profiles()
            .sample(List.of(Label.of("size", 1, ""), Label.of("request", 1, "")), 1, "a")
            .sample(List.of(Label.of("size", 1, "kb"), Label.of("n", 2, "")), 1, "a")
            .sample(List.of(Label.of("size", 1, "mb"), Label.of("size", 1, "gb")), 1, "a")
            .build();

    NumericLabelUnits units = profile.numericLabelUnits();

    assertThat(units.units())
        .containsEntry("size", "kb")
        .containsEntry("request", "bytes")
        .containsEntry("n", "n");
    assertThat(units.messages())
        .containsExactly("For tag size used unit kb, also encountered unit(s) gb, mb");
  }

  @Test
  void aggregatesToWhatIsKept() {
    Profile profile = profiles().sample(1, "in|a", "b").build();

    Profile files = profile.aggregate(Aggregation.of(Granularity.FILES));
    Profile noInlines =
        profile.aggregate(
            Aggregation.of(Granularity.FUNCTIONS).without(Aggregation.Detail.INLINES));

    assertThat(files.functions().get(0).filename()).isEqualTo("in.java");
    assertThat(files.functions().get(0).name()).isEmpty();
    assertThat(lines(noInlines)).containsExactly("a;b 1");
    assertThat(noInlines.locations().line(0, 0)).isZero();
  }

  @Test
  void takesAMissingPeriodTypeForOneWithoutAName() {
    Profile one = profiles().sample(1, "a").build();
    Profile two = one.withHeader(header -> header.withPeriod(Optional.of(CPU), 10));

    assertThatThrownBy(() -> Profile.combine(List.of(one, two)))
        .hasMessage("period type: incompatible types: {  0 0} {cpu nanoseconds 0 0}");
    assertThatThrownBy(() -> Profile.merge(List.of(one, two)))
        .hasMessage("incompatible period types &{  0 0} and &{cpu nanoseconds 0 0}");
  }

  @Test
  void dropsLabelsThatAFileCannotHold() {
    List<Label> labels =
        List.of(Label.of("text", ""), Label.of("zero", 0, ""), Label.of("z", 0, "b"));
    Profile profile = profiles().sample(labels, 1, "a").build();

    assertThat(profile.withoutEmptyLabels().samples().get(0).labels())
        .containsExactly(Label.of("z", 0, "b"));
  }
}
