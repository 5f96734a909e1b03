// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Function;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.Location;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Profiles of this JVM with every allocation sampled, so that numbers are exact. */
class HeapProfileTest {
  private static final int COUNT = 1000;

  /** Of an array of 230 bytes, with its head and rounded up to eight. */
  private static final long KNOWN_BYTES = 248;

  private static final Object[] KEPT = new Object[COUNT];

  private static HeapSampler sampler;
  private static HeapSnapshot before;
  private static HeapSnapshot after;

  @BeforeAll
  static void allocate() throws Exception {
    sampler = HeapSampler.get();
    sampler.stop(); // Captures of other tests start it too, with the interval by default.
    // Threads of other tests are sampled too, and no budget must raise the interval because of it.
    sampler.start(
        HeapOptions.defaults().withInterval(1).withCpuBudget(0).withMemoryBudget(1L << 30));
    onNewThread(() -> fill(HeapProfileTest::known, COUNT));
    sampler.collect();
    before = sampler.snapshot();
    onNewThread(
        () -> {
          fill(HeapProfileTest::known, COUNT / 2);
          fill(size -> new long[size], COUNT / 4);
        });
    sampler.collect();
    after = sampler.snapshot();
  }

  @AfterAll
  static void stop() {
    sampler.stop();
  }

  /** A new thread's first sample is drawn with the interval in force, here: the first object. */
  private static void onNewThread(Runnable work) throws InterruptedException {
    Thread thread = new Thread(work);
    thread.start();
    thread.join();
  }

  private static void fill(IntFunction<Object> allocation, int count) {
    for (int i = 0; i < count; i++) {
      KEPT[i] = allocation.apply(23);
    }
  }

  private static Object known(int size) {
    return new byte[size * 10];
  }

  private static HeapBucket bucketOf(HeapSnapshot snapshot, String leaf) {
    return snapshot.stacks().stream()
        .filter(stack -> stack.frames().get(0).method().name().startsWith(leaf))
        .filter(
            stack ->
                stack.frames().get(0).method().className().equals(HeapProfileTest.class.getName()))
        .flatMap(stack -> stack.buckets().stream())
        // Before the JVM compiles a method it makes all text constants of the method's class, on
        // the thread whose call was one too many: a String and its bytes each, below that frame.
        .filter(bucket -> bucket.objectBytes() == KNOWN_BYTES)
        .reduce(HeapBucket::plus)
        .orElseThrow();
  }

  @Test
  void countsWhatWasAllocatedAndWhatIsAlive() {
    HeapBucket first = bucketOf(before, "known");
    HeapBucket second = bucketOf(after, "known");

    assertThat(first.all()).isEqualTo(new HeapCounts(COUNT, COUNT * KNOWN_BYTES));
    assertThat(first.live()).isEqualTo(first.all());
    assertThat(first.sampledAll()).isEqualTo(first.all());
    assertThat(second.all().objects()).isEqualTo(COUNT + COUNT / 2);
    assertThat(second.live().objects()).isEqualTo(COUNT * 3 / 4); // a quarter was replaced
  }

  @Test
  void deltaHasTheAllocationsInBetweenAndWhatIsAliveAtItsEnd() {
    HeapSnapshot delta = after.since(before);

    HeapBucket bucket = bucketOf(delta, "known");
    assertThat(bucket.all().objects()).isEqualTo(COUNT / 2);
    assertThat(bucket.live()).isEqualTo(bucketOf(after, "known").live());
    assertThat(delta.durationMillis()).isEqualTo(after.timeMillis() - before.timeMillis());
    assertThat(after.since(after).total().all()).isEqualTo(HeapCounts.ZERO);
  }

  @Test
  void headIsThatOfGo() throws IOException {
    Profile heap = reread(after.heapProfile());

    assertThat(heap.sampleTypes())
        .containsExactly(
            new ValueType("alloc_objects", "count"),
            new ValueType("alloc_space", "bytes"),
            new ValueType("inuse_objects", "count"),
            new ValueType("inuse_space", "bytes"));
    assertThat(heap.periodType()).contains(new ValueType("space", "bytes"));
    assertThat(heap.period()).isEqualTo(1);
    assertThat(heap.timeNanos()).isEqualTo(after.timeMillis() * 1_000_000);
    assertThat(heap.header().defaultSampleType()).isEmpty();
    assertThat(after.allocsProfile().header().defaultSampleType()).isEqualTo("alloc_space");
    assertThat(heap.comments()).anyMatch(comment -> comment.matches("# samples: \\d+ taken, .*"));
    assertThat(heap.comments())
        .anyMatch(comment -> comment.matches("# cost: \\d+ ns per sample.*"));
    assertThat(heap.total(1)).isEqualTo(after.total().all().bytes());
    assertThat(heap.total(2)).isEqualTo(after.total().live().objects());
  }

  @Test
  void framesAreNamedAsUpstreamReadersNeedThem() throws IOException {
    Label size = Label.of("bytes", KNOWN_BYTES, "");
    Sample sample =
        sampleOf(reread(after.heapProfile()), "io.pprof4j.capture.HeapProfileTest.known", size);

    Location leaf = sample.locations().get(0);
    Function function = leaf.lines().get(0).function();
    assertThat(function.systemName())
        .isEqualTo("io/pprof4j/capture/HeapProfileTest.known(I)Ljava/lang/Object;");
    assertThat(function.filename()).isEqualTo("io/pprof4j/capture/HeapProfileTest.java");
    assertThat(function.startLine()).isEqualTo(leaf.lines().get(0).line()).isPositive();
    assertThat(sample.labels()).containsExactly(size);
    Mapping mapping = leaf.mapping().orElseThrow();
    assertThat(mapping.filename()).endsWith("test-classes");
    assertThat(mapping.hasFunctions()).isTrue();
    assertThat(mapping.hasFilenames()).isTrue();
    assertThat(mapping.hasLineNumbers()).isTrue();
    assertThat(mapping.hasInlineFrames()).isTrue();
  }

  @Test
  void lambdasHaveOneNameInEveryRun() throws IOException {
    Sample sample =
        sampleOf(
            reread(after.heapProfile()), "io.pprof4j.capture.HeapProfileTest.lambda$allocate$");

    List<String> names =
        sample.locations().stream().map(at -> at.lines().get(0).function().name()).toList();
    assertThat(names).contains("io.pprof4j.capture.HeapProfileTest$$Lambda.run");
    assertThat(names).noneMatch(name -> name.contains("0x"));
  }

  private static Sample sampleOf(Profile profile, String leaf, Label... labels) {
    return profile.samples().stream()
        .filter(
            sample -> sample.locations().get(0).lines().get(0).function().name().startsWith(leaf))
        .filter(sample -> sample.labels().containsAll(List.of(labels)))
        .findFirst()
        .orElseThrow();
  }

  private static Profile reread(Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out);
    return Profile.read(new ByteArrayInputStream(out.toByteArray()));
  }
}
