// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.LabelValue;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.Sample;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads recordings of one program, made by JDK 17, by JDK 25 with {@code jdk.CPUTimeSample}, and by
 * async-profiler 4.6 with {@code event=ctimer,interval=5ms,alloc=256k,lock=10us,live,wall=50ms}.
 * One of a program that keeps direct buffers and gives back deflaters, by async-profiler 4.6 with
 * {@code nativemem=2k}.
 */
class RecordingsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdk17", "jdk25", "async-profiler", "async-profiler-native"})
  void hasTheStacksAndValuesThatTheJdksReaderFinds(String name) throws IOException {
    Path file = file(name);

    JfrProfiles ours = JfrProfiles.read(file);

    Map<JfrKind, Profile> expected = RecordingFileOracle.read(file);
    assertThat(ours.kinds()).isEqualTo(expected.keySet());
    for (JfrKind kind : expected.keySet()) {
      Profile profile = ours.profile(kind).orElseThrow();
      Profile wanted = expected.get(kind);
      assertThat(profile.sampleTypes()).isEqualTo(wanted.sampleTypes());
      assertThat(profile.period()).as("period of %s", kind).isEqualTo(wanted.period());
      assertThat(RecordingFileOracle.sums(profile))
          .as("sums of %s", kind)
          .isEqualTo(RecordingFileOracle.sums(wanted));
      assertThat(profile.comments()).as("comments of %s", kind).isEqualTo(wanted.comments());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk17", "jdk25", "async-profiler"})
  void countsTheEventsThatTheJfrToolCounts(String name) throws Exception {
    Path file = file(name);
    Map<String, Long> counts = JfrTool.summary(file);

    JfrProfiles profiles = JfrProfiles.read(file);

    long cpu =
        counts.getOrDefault("jdk.CPUTimeSample", 0L) > 0
            ? counts.get("jdk.CPUTimeSample")
            : counts.get("jdk.ExecutionSample");
    assertThat(total(profiles, JfrKind.CPU)).isEqualTo(cpu);
    assertThat(total(profiles, JfrKind.ALLOCATION))
        .isEqualTo(
            sum(
                counts,
                "jdk.ObjectAllocationSample",
                "jdk.ObjectAllocationInNewTLAB",
                "jdk.ObjectAllocationOutsideTLAB"));
    assertThat(total(profiles, JfrKind.BLOCK))
        .isEqualTo(sum(counts, "jdk.JavaMonitorEnter", "jdk.JavaMonitorWait", "jdk.ThreadPark"));
    assertThat(total(profiles, JfrKind.LIVE))
        .isEqualTo(sum(counts, "profiler.LiveObject", "jdk.OldObjectSample"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk17", "jdk25", "async-profiler"})
  void labelsSamplesWithTheirTimeIfAsked(String name) throws IOException {
    Path file = file(name);
    Profile without = JfrProfiles.read(file).combined().orElseThrow();

    Profile with = JfrProfiles.readWithTimes(file, Duration.ofMillis(20)).combined().orElseThrow();

    assertThat(with.samples().size()).isGreaterThan(without.samples().size());
    for (int type = 0; type < with.sampleTypes().size(); type++) {
      assertThat(with.total(type)).isEqualTo(without.total(type));
    }
    long start = with.timeNanos() / 1_000_000;
    long end = start + with.durationNanos() / 1_000_000;
    for (Sample sample : with.samples()) {
      assertThat(sample.labels())
          .filteredOn(label -> label.key().equals(JfrProfiles.TIME_KEY))
          .singleElement()
          .satisfies(
              label -> {
                LabelValue.Number time = (LabelValue.Number) label.value();
                assertThat(time.unit()).isEqualTo("milliseconds");
                assertThat(time.number() % 20).isZero();
                assertThat(time.number()).isBetween(start - 20, end + 1000);
              });
    }
  }

  private static long sum(Map<String, Long> counts, String... events) {
    long sum = 0;
    for (String event : events) {
      sum += counts.getOrDefault(event, 0L);
    }
    return sum;
  }

  private static long total(JfrProfiles profiles, JfrKind kind) {
    return profiles.profile(kind).map(profile -> profile.total(0)).orElse(0L);
  }

  @Test
  void hasTheColumnsOfAllKindsInOneProfile() throws IOException {
    JfrProfiles profiles = JfrProfiles.read(file("async-profiler"));

    Profile combined = profiles.combined().orElseThrow();

    assertThat(combined.sampleTypes())
        .extracting(ValueType::type)
        .containsExactly(
            "samples",
            "cpu",
            "wall_samples",
            "wall",
            "alloc_samples",
            "alloc_space",
            "inuse_objects",
            "inuse_space",
            "contentions",
            "delay");
    assertThat(combined.header().defaultSampleType()).isEqualTo("cpu");
    assertThat(combined.comments())
        .contains("also recorded, for -sample_index: wall, alloc_space, inuse_space, delay");
    int column = 0;
    for (JfrKind kind : profiles.kinds()) {
      Profile alone = profiles.profile(kind).orElseThrow();
      assertThat(List.of(combined.total(column), combined.total(column + 1)))
          .as("totals of %s", kind)
          .containsExactly(alone.total(0), alone.total(1));
      column += 2;
    }
  }

  @Test
  void tellsNativeMemoryThatIsNotGivenBack() throws IOException {
    JfrProfiles profiles = JfrProfiles.read(file("async-profiler-native"));

    assertThat(profiles.kinds()).containsExactly(JfrKind.NATIVE_ALLOCATION, JfrKind.NATIVE_LIVE);
    Profile allocated = profiles.profile(JfrKind.NATIVE_ALLOCATION).orElseThrow();
    Profile live = profiles.profile(JfrKind.NATIVE_LIVE).orElseThrow();
    // Each of the 100 buffers is larger than the interval, so that none is missed.
    assertThat(bytesBelow(allocated, "Nat.keep")).isGreaterThanOrEqualTo(100 * 40_000);
    assertThat(bytesBelow(live, "Nat.keep")).isGreaterThanOrEqualTo(100 * 40_000);
    assertThat(bytesBelow(allocated, "Nat.give")).isPositive();
    assertThat(bytesBelow(live, "java.util.zip.Deflater.deflate")).isZero();
    assertThat(live.total(1)).isLessThan(allocated.total(1));
  }

  private static long bytesBelow(Profile profile, String function) {
    return profile.samples().stream()
        .filter(
            sample ->
                sample.locations().stream()
                    .flatMap(location -> location.lines().stream())
                    .anyMatch(line -> line.function().name().equals(function)))
        .mapToLong(sample -> sample.value(1))
        .sum();
  }

  @Test
  void labelsAllocationsWithTheirClass() throws IOException {
    Profile allocations = JfrProfiles.read(file("jdk25")).profile(JfrKind.ALLOCATION).orElseThrow();

    Set<String> classes = new TreeSet<>();
    allocations
        .samples()
        .forEach(
            sample ->
                sample.labels().stream()
                    .filter(label -> label.key().equals("class"))
                    .forEach(label -> classes.add(label.value().toString())));
    assertThat(classes).anyMatch(text -> text.contains("[B"));
  }

  /** The program uses lambdas, method references, a proxy, a method handle and reflection. */
  @ParameterizedTest
  @ValueSource(strings = {"jdk17", "jdk25", "async-profiler"})
  void namesNoFunctionByWhatDiffersFromRunToRun(String name) throws IOException {
    Profile combined = JfrProfiles.read(file(name)).combined().orElseThrow();

    for (int function = 0; function < combined.functions().size(); function++) {
      assertThat(combined.functions().name(function))
          .doesNotContainPattern("0x[0-9a-f]{6}|\\$Proxy\\d|Accessor\\d|\\$\\$Lambda[^.]");
    }
  }

  @Test
  void readsACompressedStream() throws IOException {
    Profile plain = JfrProfiles.read(file("jdk17")).combined().orElseThrow();

    try (InputStream compressed = resource("jdk17")) {
      assertThat(JfrProfiles.read(compressed).combined()).contains(plain);
    }
  }

  @Test
  void spansTheTimeOfTheRecording() throws IOException {
    Profile profile = JfrProfiles.read(file("jdk25")).combined().orElseThrow();

    assertThat(profile.durationNanos()).isBetween(1_900_000_000L, 3_000_000_000L);
  }

  /**
   * So large that other threads read ahead, and with writers whose numbers have nothing in common.
   */
  @Test
  void readsRecordingsOneAfterTheOtherAsOne() throws IOException {
    List<String> names = List.of("jdk17", "jdk25", "async-profiler", "async-profiler-native");
    Path file = folder.resolve("all.jfr");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int copy = 0; copy < 4; copy++) {
        for (String name : names) {
          out.write(Files.readAllBytes(file(name)));
        }
      }
    }
    assertThat(Files.size(file)).isGreaterThan(2 << 20);

    JfrProfiles all = JfrProfiles.read(file);

    for (JfrKind kind : List.of(JfrKind.WALL, JfrKind.BLOCK, JfrKind.LIVE)) {
      long expected = 0;
      for (String name : names) {
        expected += total(JfrProfiles.read(file(name)), kind);
      }
      assertThat(total(all, kind)).as("total of %s", kind).isEqualTo(4 * expected);
    }
    assertThat(JfrProfiles.read(file).combined()).isEqualTo(all.combined());
  }

  @Test
  void tellsWhereALargeRecordingIsCutOff() throws IOException {
    byte[] chunk = Files.readAllBytes(file("jdk25"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (out.size() < 4 << 20) {
      out.write(chunk);
    }
    int last = out.size();
    out.write(chunk, 0, chunk.length / 2);
    Path file = Files.write(folder.resolve("cut.jfr"), out.toByteArray());

    assertThatThrownBy(() -> JfrProfiles.read(file))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("cut off")
        .hasMessageEndingWith("at byte " + last);
  }

  private static InputStream resource(String name) {
    InputStream in = RecordingsTest.class.getResourceAsStream(name + ".jfr.gz");
    assertThat(in).as(name).isNotNull();
    return in;
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name + ".jfr");
    try (InputStream in = new GZIPInputStream(resource(name))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
