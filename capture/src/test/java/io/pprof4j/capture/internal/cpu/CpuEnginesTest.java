// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.cpu;

import static io.pprof4j.capture.Truth.hasFunction;
import static io.pprof4j.capture.Truth.hasLabel;
import static io.pprof4j.capture.Truth.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.pprof4j.capture.EngineUnavailableException;
import io.pprof4j.capture.Labels;
import io.pprof4j.capture.Truth;
import io.pprof4j.capture.internal.LoadableClasses;
import io.pprof4j.capture.internal.Windows;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.TimeSpan;
import io.pprof4j.jfr.EventProfile;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CpuEnginesTest {
  private static final int HZ = 200;
  private static final Duration WINDOW = Duration.ofMillis(2500);

  private volatile boolean stop;
  private volatile long hotNanos;
  private volatile long coolNanos;
  private Thread worker = new Thread();

  enum Engine {
    CPU_TIME,
    ASYNC_PROFILER,
    EXECUTION;

    CpuEngine create() {
      SampleContext context = new SampleContext(new LoadableClasses());
      return switch (this) {
        case CPU_TIME -> RecordingCpuEngine.cpuTime(context);
        case ASYNC_PROFILER -> new AsyncProfilerEngine(context);
        case EXECUTION -> RecordingCpuEngine.execution(context);
      };
    }
  }

  @BeforeEach
  void startWorker() throws InterruptedException {
    CountDownLatch isWarm = new CountDownLatch(1);
    worker = new Thread(() -> work(isWarm), "truth-worker");
    worker.start();
    isWarm.await();
  }

  @AfterEach
  void stopWorker() throws InterruptedException {
    stop = true;
    worker.join();
  }

  /** The lengths vary: a cycle as long as some periods of the sampler would always be hit alike. */
  private void work(CountDownLatch isWarm) {
    Random lengths = new Random(1);
    for (int round = 0; !stop; round++) {
      long start = System.nanoTime();
      int hotMillis = 5 + lengths.nextInt(21);
      Labels.of("path", "hot").run(() -> hot(hotMillis));
      long middle = System.nanoTime();
      cool(1 + lengths.nextInt(9));
      addTruth(middle - start, System.nanoTime() - middle);
      if (round == 5) {
        isWarm.countDown();
      }
    }
  }

  /** Only the worker writes. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void addTruth(long hot, long cool) {
    hotNanos += hot;
    coolNanos += cool;
  }

  private static void hot(int millis) {
    Truth.spin(millis);
  }

  private static void cool(int millis) {
    Truth.spin(millis);
  }

  @ParameterizedTest
  @EnumSource
  void givesEachMethodItsShare(Engine engine) throws Exception {
    long hotBefore = hotNanos;
    long coolBefore = coolNanos;
    Profile profile = capture(engine.create(), WINDOW);
    double hotWork = hotNanos - hotBefore;
    double truth = hotWork / (hotWork + coolNanos - coolBefore);

    double hot = sum(profile, 0, ".hot");
    double cool = sum(profile, 0, ".cool");
    double samples = hot + cool;
    assertThat(samples).as("samples").isGreaterThan(20);
    // 4 standard deviations of the share, and 5 points for the scheduler of a loaded machine.
    double tolerance = 4 * Math.sqrt(truth * (1 - truth) / samples) + 0.05;
    assertThat(hot / samples).isBetween(truth - tolerance, truth + tolerance);
  }

  @ParameterizedTest
  @EnumSource
  void labelsWhatRunsWithinTheLabels(Engine engine) throws Exception {
    Profile profile = capture(engine.create(), WINDOW);

    long hot = sum(profile, 0, ".hot");
    long labelled = sum(profile, 0, CpuEnginesTest::isHotAndLabelled);
    long wrong = sum(profile, 0, CpuEnginesTest::isCoolAndLabelled);
    // A sample's time and the label's are taken by different clocks at the edge of a scope.
    assertThat(labelled).isGreaterThan(hot * 9 / 10);
    assertThat(wrong).isLessThanOrEqualTo(2 + hot / 20);
  }

  private static boolean isHotAndLabelled(Sample sample) {
    return hasFunction(sample, ".hot") && hasLabel(sample, "path", "hot");
  }

  private static boolean isCoolAndLabelled(Sample sample) {
    return hasFunction(sample, ".cool") && hasLabel(sample, "path", "hot");
  }

  @ParameterizedTest
  @EnumSource
  void servesOverlappingWindowsEachWithItsOwnSamples(Engine kind) throws Exception {
    CpuEngine engine = kind.create();
    try (CpuEngine.CpuWindow outer = open(engine);
        CpuEngine.CpuWindow inner = open(engine)) {
      Instant start = Instant.now();
      Windows.sleep(Duration.ofMillis(800));
      Instant middle = Instant.now();
      Windows.sleep(Duration.ofMillis(800));
      TimeSpan second = new TimeSpan(middle, Instant.now());

      EventProfile late = inner.samples(second);
      Windows.sleep(Duration.ofMillis(100));
      TimeSpan all = new TimeSpan(start, Instant.now());
      EventProfile whole = outer.samples(all);

      assertThat(late.events()).isGreaterThan(5);
      assertThat(whole.events()).isGreaterThan(late.events());
      long lateNanos = late.build(UnaryOperator.identity()).durationNanos();
      assertThat(lateNanos).isLessThanOrEqualTo(second.durationNanos());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFinerWindowWithinACoarserOneGetsFinerSamples(Engine kind) throws Exception {
    CpuEngine engine = kind.create();
    try (CpuEngine.CpuWindow coarse = open(engine, 20)) {
      Instant start = Instant.now();
      Windows.sleep(Duration.ofMillis(500));
      Profile fine;
      try (CpuEngine.CpuWindow window = open(engine, 500)) {
        Instant middle = Instant.now();
        Windows.sleep(Duration.ofSeconds(1));
        fine = window.samples(new TimeSpan(middle, Instant.now())).build(UnaryOperator.identity());
      }
      TimeSpan all = new TimeSpan(start, Instant.now());
      Profile whole = coarse.samples(all).build(UnaryOperator.identity());

      // However little CPU time there was: a coarse sample is 50 ms of it, a fine one 2.
      assertThat(fine.total(0)).isPositive();
      assertThat(fine.total(1) / fine.total(0)).isLessThan(20_000_000);
      assertThat(whole.total(0)).isGreaterThanOrEqualTo(fine.total(0));
      assertThat(whole.total(1)).isGreaterThanOrEqualTo(fine.total(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void weighsSamplesByTheirPeriod(Engine engine) throws Exception {
    Profile profile = capture(engine.create(), Duration.ofSeconds(1));

    // A JVM that cannot keep up doubles the period of some samples, and says so in each.
    long wished = profile.total(0) * (1_000_000_000L / HZ);
    assertThat(profile.total(1)).isBetween(wished, wished * 3 / 2);
  }

  /** Other recordings of the same JVM, which the JVM samples for together with ours. */
  @ParameterizedTest
  @CsvSource({"CPU_TIME, throttle, 100/s", "EXECUTION, period, 1ms", "EXECUTION, period, 100 ms"})
  void isRightBesideARecordingOfAnother(Engine kind, String setting, String value)
      throws Exception {
    CpuEngine engine = kind.create();
    try (Recording other = new Recording()) {
      other.enable(engine.name()).with(setting, value);
      other.start();
      long before = hotNanos + coolNanos;

      Profile profile = capture(engine, WINDOW);

      double worked = hotNanos + coolNanos - before;
      double sampled = sum(profile, 1, ".hot") + sum(profile, 1, ".cool");
      assertThat(sampled).isBetween(worked * 0.3, worked * 1.3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesSourceAndCode(Engine engine) throws Exception {
    Profile profile = capture(engine.create(), WINDOW);

    Sample hot =
        profile.samples().stream()
            .filter(sample -> hasFunction(sample, ".hot"))
            .max(Comparator.comparingLong(sample -> sample.value(0)))
            .orElseThrow();
    var location =
        hot.locations().stream()
            .filter(one -> one.lines().get(0).function().name().endsWith("CpuEnginesTest.hot"))
            .findFirst()
            .orElseThrow();
    var function = location.lines().get(0).function();
    assertThat(function.filename())
        .isEqualTo("io/pprof4j/capture/internal/cpu/CpuEnginesTest.java");
    assertThat(function.systemName())
        .isEqualTo("io/pprof4j/capture/internal/cpu/CpuEnginesTest.hot(I)V");
    assertThat(function.startLine())
        .isPositive()
        .isLessThanOrEqualTo(location.lines().get(0).line());
    assertThat(location.mapping().orElseThrow().filename()).endsWith("test-classes");
  }

  private static CpuEngine.CpuWindow open(CpuEngine engine) throws IOException {
    return open(engine, HZ);
  }

  private static CpuEngine.CpuWindow open(CpuEngine engine, int hz) throws IOException {
    try {
      return engine.open(hz);
    } catch (EngineUnavailableException e) {
      return abort(engine.name() + ": " + e.getMessage());
    }
  }

  private static Profile capture(CpuEngine engine, Duration duration) throws Exception {
    try (CpuEngine.CpuWindow window = open(engine)) {
      Instant start = Instant.now();
      Windows.sleep(duration);
      return window.samples(new TimeSpan(start, Instant.now())).build(UnaryOperator.identity());
    }
  }
}
