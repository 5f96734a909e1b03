// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.DiffCheck.Verdict;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffCheckTest {
  private static final ValueType CPU = new ValueType("cpu", "nanoseconds");

  private static Profile cpu(long hot, long rest) {
    ProfileBuilder builder =
        Profile.builder(new ValueType("samples", "count"), CPU)
            .header(header -> header.withPeriod(Optional.of(CPU), 10_000_000));
    int main = builder.location(-1, builder.function("main", "", "", 0), 1);
    int leaf = builder.location(-1, builder.function("hot", "", "", 0), 1);
    int other = builder.location(-1, builder.function("rest", "", "", 0), 1);
    return builder
        .sample(new int[] {leaf, main}, hot, hot * 10_000_000)
        .sample(new int[] {other, main}, rest, rest * 10_000_000)
        .build();
  }

  private static DiffCheck check(String rules, Profile base, Profile current)
      throws ReportException {
    return Reports.check(
        current.diff(base),
        ReportOptions.defaults(),
        CheckRules.parse(rules),
        TestProfiles.context(new ArrayList<>()));
  }

  @ParameterizedTest
  @CsvSource({
    "flat>2, BROKEN",
    "flat>12pp, PASSED",
    "cum>2, BROKEN",
    "flat>90%, BROKEN",
    "flat>110%, PASSED",
    "flat>900ms, BROKEN",
    "flat>2s, PASSED",
    "total>1%, PASSED",
    "total>1ms, PASSED"
  })
  void comparesGrowthWithTheLimit(String rule, Verdict verdict) throws ReportException {
    assertThat(check(rule, cpu(100, 900), cpu(200, 800)).verdict()).isEqualTo(verdict);
  }

  @Test
  void saysWhatGrewFromWhatToWhat() throws ReportException {
    DiffCheck check = check("flat>2,total>10%", cpu(100, 900), cpu(200, 900));

    assertThat(Reports.text(check))
        .isEqualTo(
            """
            Base: 10s of cpu, 1000 samples
            New: 11s of cpu, 1100 samples
            FAIL  flat>2
                  +8.18 points  1s (10.00%) -> 2s (18.18%)  hot
            ok    total>10%
            Check: failed, 1 of 2 rules broken
            """);
  }

  @Test
  void tellsNothingFromTooFewSamples() throws ReportException {
    assertThat(check("flat>2", cpu(1, 9), cpu(9, 1)).verdict()).isEqualTo(Verdict.UNCERTAIN);
    assertThat(check("flat>2,min=5", cpu(1, 9), cpu(9, 1)).verdict()).isEqualTo(Verdict.BROKEN);
  }

  /** A hundred pairs of recordings of one program, none of which may fail. */
  @Test
  void takesNoiseForNoise() throws ReportException {
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      long before = binomial(random, 500);
      long after = binomial(random, 500);

      Verdict verdict =
          check("flat>0.5,cum>0.5,flat>5%", cpu(before, 500 - before), cpu(after, 500 - after))
              .verdict();

      assertThat(verdict).as("%d and %d of 500", before, after).isEqualTo(Verdict.PASSED);
    }
  }

  private static long binomial(Random random, int samples) {
    return random.doubles(samples).filter(draw -> draw < 0.1).count();
  }

  @Test
  void looksForLongWaitsThatFewSamplesShow() throws ReportException {
    ValueType count = new ValueType("contentions", "count");
    Profile base = delays(count, 40, 1);
    Profile current = delays(count, 40, 50);

    assertThat(check("flat>500%", base, current).verdict()).isEqualTo(Verdict.BROKEN);
  }

  private static Profile delays(ValueType count, long contentions, long millis) {
    ProfileBuilder builder =
        Profile.builder(count, new ValueType("delay", "nanoseconds"))
            .header(header -> header.withPeriod(Optional.of(count), 1));
    int lock = builder.location(-1, builder.function("lock", "", "", 0), 1);
    return builder.sample(new int[] {lock}, contentions, contentions * millis * 1_000_000).build();
  }

  /** 512 objects of 1 kB at one sample per 512 kB are about one sample, not 512. */
  @Test
  void countsTheSamplesBehindEstimatesOfTheHeap() throws ReportException {
    assertThat(check("flat>2", heap(512), heap(5120)).verdict()).isEqualTo(Verdict.UNCERTAIN);
    assertThat(check("flat>2", heap(51200), heap(51200)).base().samples()).isEqualTo(100);
  }

  private static Profile heap(long objects) {
    ValueType space = new ValueType("space", "bytes");
    ProfileBuilder builder =
        Profile.builder(
                new ValueType("inuse_objects", "count"), new ValueType("inuse_space", "bytes"))
            .header(header -> header.withPeriod(Optional.of(space), 512 * 1024));
    int make = builder.location(-1, builder.function("make", "", "", 0), 1);
    return builder.sample(new int[] {make}, objects, objects * 1024).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "flat",
        "flat>",
        "flat>x",
        "self>1",
        "total>5",
        "flat>1.2.3",
        "min=5",
        "flat>1,min=-1",
        "flat>1,sigma=x",
        "flat>1,,cum>2",
        "flat>-3"
      })
  void refusesWhatIsNoRule(String rules) {
    assertThatThrownBy(() -> CheckRules.parse(rules))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith("check ");
  }

  @Test
  void refusesUnitsThatDoNotFit() {
    assertThatThrownBy(() -> check("flat>3MB", cpu(100, 900), cpu(100, 900)))
        .hasMessage("check rule \"flat>3MB\": MB is no unit of cpu, which is in nanoseconds");
  }
}
