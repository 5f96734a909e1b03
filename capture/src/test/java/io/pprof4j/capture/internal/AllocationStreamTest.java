// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.Labels;
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

  /** What an array needs beside its bytes, at most. */
  private static final int HEAD = 24;

  private final EventStream events = new EventStream();
  private final AllocationStream stream =
      new AllocationStream(events, new LabelStream(events), method -> method);

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

  /**
   * Allocates so many bytes for some seconds, which are more samples than the throttle lets pass.
   */
  private long allocate(int seconds) throws InterruptedException {
    long blocks = 0;
    for (int pause = 0; pause < 100 * seconds; pause++) {
      blocks += allocateSome();
      Thread.sleep(10);
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
                allocated[0] = Labels.of("who", "stream").call(() -> allocate(3));
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
    int threads = 3_000;
    CountDownLatch ended = new CountDownLatch(threads);
    for (int thread = 0; thread < threads; thread++) {
      start.invoke(
          null,
          (Runnable)
              () -> {
                allocateSome();
                ended.countDown();
              });
      Thread.sleep(1);
    }
    ended.await();

    long all = threads * 20L * (BLOCK + HEAD);
    assertThat(bytes(stream.snapshot("none"), sample -> calls(sample, "allocateSome")))
        .isBetween((long) (0.7 * all), (long) (1.1 * all));
  }

  @Test
  void addsUpFromOneSnapshotToTheNext() throws Exception {
    allocate(1);
    long first = here();
    allocate(1);
    long second = here();

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(stream.count()).isPositive();
  }

  @Test
  void countsNothingAfterItsEndAndGoesOnWhenBegunAgain() throws Exception {
    allocate(1);
    long before = here();
    stream.end();
    allocate(1);
    stream.begin();
    long after = here();

    assertThat(after - before).isLessThan(before);
    allocate(1);
    assertThat(here()).isGreaterThan(after);
  }
}
