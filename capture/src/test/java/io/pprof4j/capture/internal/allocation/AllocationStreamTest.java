// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.Labels;
import io.pprof4j.capture.internal.labels.LabelStream;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.EventStream;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Allocations since the start, as they are told where the native sampler is missing. */
@Timeout(120)
class AllocationStreamTest {
  private static final int BLOCK = 100_000;

  /** Some seconds' worth, as the throttle lets 300 a second pass. */
  private static final int SAMPLES = 900;

  private static final int AT_ONCE = 8;

  /** What an array needs beside its bytes, at most. */
  private static final int HEAD = 24;

  private final EventStream events = new EventStream();
  private final AllocationStream stream =
      new AllocationStream(events, new LabelStream(events), new SampleContext(method -> method));

  @SuppressWarnings("unused") // so that arrays are not optimised away
  private volatile byte[] sink = {};

  @BeforeEach
  void begin() throws Exception {
    stream.begin();
  }

  @AfterEach
  void end() {
    stream.end();
  }

  /** Allocates until so many more samples are known, which lag a second; returns the bytes. */
  private long allocate(int samples) {
    long wanted = stream.samples() + samples;
    long blocks = 0;
    while (stream.samples() < wanted) {
      blocks += allocateSome();
    }
    return blocks * (BLOCK + HEAD);
  }

  private int allocateSome() {
    for (int block = 0; block < 20; block++) {
      sink = new byte[BLOCK];
    }
    return 20;
  }

  private static long bytes(Profile profile, Predicate<Sample> which) {
    return profile.samples().stream().filter(which).mapToLong(sample -> sample.value(1)).sum();
  }

  private static boolean isHere(Sample sample) {
    return calls(sample, "allocate");
  }

  private static boolean calls(Sample sample, String method) {
    return sample.locations().stream()
        .flatMap(location -> location.lines().stream())
        .anyMatch(line -> line.function().name().endsWith("Test." + method));
  }

  private long here() throws Exception {
    return bytes(stream.snapshot("none"), AllocationStreamTest::isHere);
  }

  /**
   * All of what a thread allocates counts if it began later, but for what follows its last sample.
   */
  @Test
  void countsWhatThreadsAllocateThatStartAfterTheBeginning() throws Exception {
    long[] allocated = {0};
    Thread thread =
        new Thread(
            () -> {
              try {
                allocated[0] = Labels.of("who", "stream").call(() -> allocate(SAMPLES));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();

    Profile profile = stream.snapshot("none");

    assertThat(bytes(profile, AllocationStreamTest::isHere))
        .isBetween((long) (0.8 * allocated[0]), allocated[0] + 10 * BLOCK);
    assertThat(bytes(profile, sample -> isHere(sample) && sample.labels().isEmpty())).isZero();
    assertThat(profile.sampleTypes()).extracting(Object::toString).hasSize(2);
    assertThat(profile.comments()).anyMatch(comment -> comment.contains("since"));
  }

  /** Weights are those of their carriers, and each of them is sampled once or never. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void countsWhatShortVirtualThreadsAllocate() throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    long threads = 0;
    while (stream.samples() < SAMPLES) {
      CountDownLatch ended = new CountDownLatch(AT_ONCE);
      Runnable allocation =
          () -> {
            allocateSome();
            ended.countDown();
          };
      for (int thread = 0; thread < AT_ONCE; thread++) {
        start.invoke(null, allocation);
      }
      ended.await();
      threads += AT_ONCE;
    }

    long all = threads * 20 * (BLOCK + HEAD);
    assertThat(bytes(stream.snapshot("none"), sample -> calls(sample, "allocateSome")))
        .isBetween((long) (0.8 * all), (long) (1.1 * all));
  }

  @Test
  void addsUpFromOneSnapshotToTheNext() throws Exception {
    allocate(SAMPLES / 10);
    long first = here();
    allocate(SAMPLES / 10);
    long second = here();

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(stream.count()).isPositive();
  }

  @Test
  void countsNothingAfterItsEndAndGoesOnWhenBegunAgain() throws Exception {
    allocate(SAMPLES / 10);
    long before = here();
    stream.end();
    for (int more = 0; more < 1_000; more++) {
      allocateSome();
    }
    stream.begin();
    assertThat(here()).isEqualTo(before);

    allocate(SAMPLES / 10);
    assertThat(here()).isGreaterThan(before);
  }
}
