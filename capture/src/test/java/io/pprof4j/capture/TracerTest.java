// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.jfr.JfrKind;
import io.pprof4j.jfr.JfrProfiles;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracerTest {
  /** Where the size of a chunk is in its header. */
  private static final int SIZE_AT = 8;

  @TempDir private Path folder;

  private final Tracer tracer = Captures.ofThisJvm().tracer();

  @Test
  void recordsEventsButNoSystemProperties() throws Exception {
    System.setProperty("test.secret", "hunter-two");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    tracer.record(Duration.ofMillis(300), out);

    Path file = Files.write(folder.resolve("trace.jfr"), out.toByteArray());
    Set<String> names = new HashSet<>();
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        names.add(recording.readEvent().getEventType().getName());
      }
    }
    assertThat(names)
        .contains("jdk.ActiveRecording")
        .doesNotContain(
            "jdk.InitialSystemProperty", "jdk.InitialEnvironmentVariable", "jdk.JVMInformation");
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter-two");
  }

  /** A recording has what all others ask for at the same time. */
  @Test
  void keepsSecretsThatAnotherRecordingRecords() throws Exception {
    System.setProperty("test.secret", "hunter-three");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Recording other = new Recording(Configuration.getConfiguration("profile"))) {
      other.start();

      tracer.record(Duration.ofMillis(300), out);
    }

    assertThat(out.toString(StandardCharsets.ISO_8859_1))
        .doesNotContain("hunter-three", System.getProperty("java.class.path"));
    Path file = Files.write(folder.resolve("trace.jfr"), out.toByteArray());
    assertThat(RecordingFile.readAllEvents(file)).isNotEmpty();
  }

  /** Their texts are in constant pools, which JDKs before 19 cannot rewrite. */
  @Test
  void keepsSecretsOfProcessesThatAnotherRecordingRecords() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Recording other = new Recording()) {
      other.enable("jdk.ProcessStart");
      other.start();
      FutureTask<Boolean> traced =
          new FutureTask<>(
              () -> {
                tracer.record(Duration.ofSeconds(1), out);
                return true;
              });
      Thread thread = new Thread(traced, "traced");
      thread.start();
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      for (int round = 0; round < 3; round++) {
        new ProcessBuilder(java.toString(), "-Dhunter=four", "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      }
      assertThat(traced.get()).isTrue();
      other.stop();
      other.dump(folder.resolve("other.jfr"));
    }

    assertThat(Files.readString(folder.resolve("other.jfr"), StandardCharsets.ISO_8859_1))
        .contains("hunter=four");
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter=four");
    Path file = Files.write(folder.resolve("trace.jfr"), out.toByteArray());
    assertThat(RecordingFile.readAllEvents(file)).isNotEmpty();
  }

  @Test
  void tellsTheLabelsOfThreads() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              while (!done.get()) {
                Labels.of("endpoint", "/cart").run(TracerTest::waitLabelled);
              }
            });
    worker.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    tracer.record(Duration.ofMillis(500), out);

    done.set(true);
    worker.join();
    Profile waits =
        JfrProfiles.read(new ByteArrayInputStream(out.toByteArray()))
            .profile(JfrKind.BLOCK)
            .orElseThrow();
    assertThat(waits.samples())
        .filteredOn(TracerTest::isLabelled)
        .isNotEmpty()
        .allMatch(sample -> sample.labels().contains(Label.of("endpoint", "/cart")));
  }

  private static boolean isLabelled(Sample sample) {
    return sample.locations().stream()
        .flatMap(location -> location.lines().stream())
        .anyMatch(line -> line.function().name().endsWith(".waitLabelled"));
  }

  /** Longer than the shortest wait that is recorded, which is 10 ms. */
  private static void waitLabelled() {
    LockSupport.parkNanos(30_000_000);
  }

  /**
   * Each look at the past ends a chunk of the recording, of which none is to stay in later ones.
   */
  @Test
  void tellsOfThePastOnlyTheChunksOfTheTimeAskedFor() throws Exception {
    for (int look = 0; look < 4; look++) {
      chunksOfPast(Duration.ofMinutes(5));
    }

    assertThat(chunksOfPast(Duration.ofMinutes(5))).isGreaterThan(3);
    assertThat(chunksOfPast(Duration.ofMillis(1))).isLessThan(3);
  }

  private int chunksOfPast(Duration duration) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tracer.past(duration, out);
    ByteBuffer file = ByteBuffer.wrap(out.toByteArray());
    int chunks = 0;
    for (int at = 0; at < file.limit(); at += (int) file.getLong(at + SIZE_AT)) {
      chunks++;
    }
    return chunks;
  }

  @Test
  void recordsOneTraceAtATime() throws Exception {
    FutureTask<Boolean> first =
        new FutureTask<>(
            () -> {
              tracer.record(Duration.ofSeconds(2), OutputStream.nullOutputStream());
              return true;
            });
    Thread thread = new Thread(first, "first");
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> tracer.record(Duration.ofMillis(10), OutputStream.nullOutputStream()))
        .isInstanceOf(CaptureBusyException.class)
        .hasMessage("execution tracer already enabled");
    assertThat(first.get()).isTrue();
  }

  @Test
  void isFreeAgainAfterItWasInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> tracer.record(Duration.ofSeconds(60), OutputStream.nullOutputStream()))
        .isInstanceOf(InterruptedException.class);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tracer.record(Duration.ofMillis(1), out);
    assertThat(out.size()).isPositive();
  }
}
