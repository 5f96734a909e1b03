// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.Location;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.Sample;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrProfilesTest {
  private static final int WORK_MILLIS = 1500;

  @TempDir private Path folder;

  @SuppressWarnings("UnusedVariable") // written so that the compiler keeps the work
  private volatile long sink;

  @SuppressWarnings("UnusedVariable") // likewise
  private volatile byte[] array = {};

  @Name(LabelChanges.EVENT)
  @StackTrace(false)
  private static final class LabelChange extends Event {
    @SuppressWarnings("UnusedVariable") // read by the flight recorder
    private final String before;

    @SuppressWarnings("UnusedVariable") // likewise
    private final String after;

    LabelChange(List<Label> before, List<Label> after) {
      this.before = LabelChanges.encode(before);
      this.after = LabelChanges.encode(after);
    }
  }

  @Test
  void labelsSamplesWithWhatTheirThreadsHadThen() throws Exception {
    List<Label> labels = List.of(Label.of("endpoint", "/cart"), Label.of("user", "kim"));
    Path file =
        record(
            recording -> {
              recording.enable("jdk.ThreadPark").withThreshold(Duration.ZERO);
              recording.enable("jdk.ThreadStart");
              recording.enable(LabelChange.class);
            },
            () -> {
              parkBefore();
              new LabelChange(List.of(), labels).commit();
              parkWithin();
              runIn("child", JfrProfilesTest::parkInChild);
              new LabelChange(labels, List.of()).commit();
              parkAfter();
            });

    Profile block = JfrProfiles.read(file).profile(JfrKind.BLOCK).orElseThrow();

    assertThat(ownLabels(block, "JfrProfilesTest.parkBefore")).containsOnly(List.of());
    assertThat(ownLabels(block, "JfrProfilesTest.parkWithin")).containsOnly(labels);
    assertThat(ownLabels(block, "JfrProfilesTest.parkInChild")).containsOnly(labels);
    assertThat(ownLabels(block, "JfrProfilesTest.parkAfter")).containsOnly(List.of());
  }

  private static void parkBefore() {
    LockSupport.parkNanos(1_000_000);
  }

  private static void parkWithin() {
    LockSupport.parkNanos(1_000_000);
  }

  private static void parkInChild() {
    LockSupport.parkNanos(1_000_000);
  }

  private static void parkAfter() {
    LockSupport.parkNanos(1_000_000);
  }

  /** The labels, but for those of threads and classes, of the samples of a function. */
  private static List<List<Label>> ownLabels(Profile profile, String function) {
    return profile.samples().stream()
        .filter(
            sample ->
                sample.locations().stream()
                    .flatMap(location -> location.lines().stream())
                    .anyMatch(line -> line.function().name().endsWith(function)))
        .map(
            sample ->
                sample.labels().stream()
                    .filter(label -> !List.of("thread", "class").contains(label.key()))
                    .toList())
        .toList();
  }

  @Test
  void givesCpuTimeToTheMethodThatUsedIt() throws Exception {
    Path file =
        record(
            recording -> {
              recording.enable("jdk.ActiveSetting");
              recording.enable(ExecutionRule.EVENT).withPeriod(Duration.ofMillis(10));
            },
            this::burn);

    Profile cpu = JfrProfiles.read(file).profile(JfrKind.CPU).orElseThrow();

    assertThat(cpu.sampleTypes())
        .containsExactly(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds"));
    assertThat(cpu.period()).isEqualTo(10_000_000);
    assertThat(cpu.total(1)).isEqualTo(cpu.total(0) * 10_000_000);
    long burnt = sum(cpu, "JfrProfilesTest.burn", sample -> sample.value(0));
    // The thread is runnable all the time, at 100 samples a second; a loaded machine gives fewer.
    assertThat(burnt).isBetween(10L, WORK_MILLIS / 10 + 20L);
    assertThat((double) burnt / cpu.total(0)).isGreaterThan(0.6);
  }

  @Test
  void namesTheThreadOfASampleInALabel() throws Exception {
    Path file =
        record(
            recording -> recording.enable(ExecutionRule.EVENT).withPeriod(Duration.ofMillis(10)),
            () -> runIn("worker-seven", this::burn));

    Profile cpu = JfrProfiles.read(file).profile(JfrKind.CPU).orElseThrow();

    List<Label> labels = new ArrayList<>();
    cpu.samples().forEach(sample -> labels.addAll(sample.labels()));
    assertThat(labels).contains(Label.of("thread", "worker-seven"));
  }

  @Test
  void addsUpTheWeightsOfAllocations() throws Exception {
    Path file =
        record(
            recording -> recording.enable(AllocationRule.SAMPLE_EVENT).with("throttle", "10000/s"),
            // A thread's first sample includes what it allocated before the recording.
            () -> runIn("allocator", this::allocate));

    Profile allocations = JfrProfiles.read(file).profile(JfrKind.ALLOCATION).orElseThrow();

    long bytes = sum(allocations, "JfrProfilesTest.allocate", sample -> sample.value(1));
    // 2,000 arrays of 100 kB; what follows a thread's last sample is not seen.
    assertThat((double) bytes).isBetween(200e6 * 0.9, 200e6 * 1.1);
  }

  @Test
  void givesWaitsToTheStackThatWaited() throws Exception {
    Path file =
        record(
            recording ->
                BlockRule.EVENTS.forEach(
                    event -> recording.enable(event).withThreshold(Duration.ZERO)),
            () -> {
              contend();
              park();
            });

    Profile block = JfrProfiles.read(file).profile(JfrKind.BLOCK).orElseThrow();

    double monitor = sum(block, "JfrProfilesTest.enter", sample -> sample.value(1));
    double parked = sum(block, "JfrProfilesTest.park", sample -> sample.value(1));
    assertThat(monitor).isBetween(290e6, 900e6);
    assertThat(parked).isBetween(190e6, 900e6);
  }

  @Test
  void namesFilesByThePackageOfTheClass() throws Exception {
    Path file =
        record(
            recording -> recording.enable(ExecutionRule.EVENT).withPeriod(Duration.ofMillis(10)),
            this::burn);

    Profile cpu = JfrProfiles.read(file).profile(JfrKind.CPU).orElseThrow();

    List<String> files = new ArrayList<>();
    for (int function = 0; function < cpu.functions().size(); function++) {
      if (cpu.functions().name(function).endsWith("JfrProfilesTest.burn")) {
        files.add(cpu.functions().filename(function));
      }
    }
    assertThat(files).containsExactly("io/pprof4j/jfr/JfrProfilesTest.java");
  }

  @Test
  void hasNoKindsForARecordingWithoutSamples() throws Exception {
    Path file = record(recording -> recording.enable("jdk.ActiveSetting"), () -> {});

    JfrProfiles profiles = JfrProfiles.read(file);

    assertThat(profiles.kinds()).isEmpty();
    assertThat(profiles.profile(JfrKind.CPU)).isEmpty();
  }

  @Test
  void refusesAFileThatIsNoRecording() throws Exception {
    Path file = Files.writeString(folder.resolve("x.jfr"), "hello, this is no recording at all");

    assertThatThrownBy(() -> JfrProfiles.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesIntegersThatAreNotCompressedByName() throws Exception {
    Path file = record(recording -> recording.enable("jdk.ActiveSetting"), () -> {});
    byte[] bytes = Files.readAllBytes(file);
    int features = 67; // the last byte of a chunk's header; its first bit is that of the integers
    bytes[features] &= ~1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> JfrProfiles.read(file))
        .isInstanceOf(ProfileFormatException.class)
        .hasMessageContaining("integers that are not compressed, at byte 67");
  }

  private interface Settings {
    void apply(Recording recording);
  }

  private interface Work {
    void run() throws Exception;
  }

  private Path record(Settings settings, Work work) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      settings.apply(recording);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  private static void runIn(String name, Runnable work) throws InterruptedException {
    Thread thread = new Thread(work, name);
    thread.start();
    thread.join();
  }

  private void burn() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WORK_MILLIS);
    long random = end | 1;
    while (System.nanoTime() < end) {
      for (int round = 0; round < 10_000; round++) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
      }
      sink = random;
    }
  }

  private void allocate() {
    for (int round = 0; round < 2000; round++) {
      array = new byte[100_000];
    }
  }

  private void contend() throws InterruptedException {
    Object lock = new Object();
    CountDownLatch isHeld = new CountDownLatch(1);
    Thread holder = new Thread(() -> hold(lock, isHeld), "holder");
    holder.start();
    isHeld.await();
    enter(lock);
    holder.join();
  }

  private void hold(Object lock, CountDownLatch isHeld) {
    synchronized (lock) {
      isHeld.countDown();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(310);
      while (System.nanoTime() < end) {
        sink = System.nanoTime();
      }
    }
  }

  private void enter(Object lock) {
    synchronized (lock) {
      sink = System.nanoTime();
    }
  }

  private static void park() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static long sum(Profile profile, String function, ToLongFunction<Sample> value) {
    long sum = 0;
    for (Sample sample : profile.samples()) {
      if (sample.locations().stream().anyMatch(location -> isIn(location, function))) {
        sum += value.applyAsLong(sample);
      }
    }
    return sum;
  }

  private static boolean isIn(Location location, String function) {
    return location.lines().stream().anyMatch(line -> line.function().name().endsWith(function));
  }
}
