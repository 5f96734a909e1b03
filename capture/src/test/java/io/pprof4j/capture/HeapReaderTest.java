// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.internal.NativeSampler;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading again and again, with every allocation sampled. */
class HeapReaderTest {
  private static final int DEPTH = 8;

  private final Object[] kept = new Object[1 << DEPTH];
  private HeapSampler sampler;
  private HeapReader reader;

  @BeforeEach
  void start() throws Exception {
    sampler = HeapSampler.get();
    startAnew();
    reader = new HeapReader(NativeSampler.get());
  }

  private void startAnew() throws Exception {
    sampler.stop();
    sampler.start(HeapOptions.defaults().withInterval(0).withCpuBudget(0));
  }

  @AfterEach
  void stop() {
    sampler.stop();
  }

  /** Allocates by paths from one on to another, each of them a stack of its own. */
  private void allocate(int from, int to) throws InterruptedException {
    // A new thread's first sample is drawn with the interval in force.
    Thread thread =
        new Thread(
            () -> {
              for (int path = from; path < to; path++) {
                kept[path] = left(DEPTH, path);
              }
            });
    // Only these: what reading allocates is a thousand times more.
    sampler.setInterval(1);
    thread.start();
    thread.join();
    sampler.setInterval(0);
  }

  private static Object left(int depth, int path) {
    return depth == 0 ? new byte[200] : next(depth, path);
  }

  private static Object right(int depth, int path) {
    return depth == 0 ? new byte[200] : next(depth, path);
  }

  private static Object next(int depth, int path) {
    return (path & 1) == 0 ? left(depth - 1, path >> 1) : right(depth - 1, path >> 1);
  }

  private static boolean isOurs(Sample sample) {
    return sample
            .locations()
            .get(0)
            .lines()
            .get(0)
            .function()
            .name()
            .startsWith(HeapReaderTest.class.getName())
        && sample.labels().toString().contains("216");
  }

  /** What a profile says of our stacks, after it was written and read. */
  private static Map<List<String>, Long> ours(Profile profile) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out);
    Map<List<String>, Long> objects = new HashMap<>();
    for (Sample sample : Profile.read(new ByteArrayInputStream(out.toByteArray())).samples()) {
      if (isOurs(sample)) {
        List<String> stack =
            sample.locations().stream()
                .map(at -> at.lines().get(0).function().name() + ":" + at.lines().get(0).line())
                .toList();
        objects.merge(stack, sample.value(0), Long::sum);
      }
    }
    return objects;
  }

  @Test
  void whatIsKeptGivesWhatAFreshReadGives() throws Exception {
    allocate(0, 100);
    Profile first = reader.read().heapProfile();
    Map<List<String>, Long> before = ours(first);
    allocate(50, 1 << DEPTH);

    Map<List<String>, Long> again = ours(reader.read().heapProfile());
    Map<List<String>, Long> fresh = ours(new HeapReader(NativeSampler.get()).read().heapProfile());

    assertThat(before).hasSize(100);
    assertThat(again).hasSize(1 << DEPTH).isEqualTo(fresh);
    assertThat(again.values()).filteredOn(objects -> objects == 2).hasSize(50);
    assertThat(ours(first)).isEqualTo(before); // nothing was changed under it
  }

  @Test
  void differenceHoldsOnlyWhatChanged() throws Exception {
    allocate(0, 100);
    HeapSnapshot start = reader.read();
    allocate(90, 110);

    Profile delta = reader.read().since(start).heapProfile();

    assertThat(ours(delta).values()).filteredOn(objects -> objects == 1).hasSize(20);
    assertThat(delta.stacks().size()).isLessThanOrEqualTo(delta.samples().size());
  }

  @Test
  void anotherStartOfTheSamplerIsAnotherTable() throws Exception {
    allocate(0, 100);
    HeapSnapshot old = reader.read();
    startAnew();
    allocate(10, 20);

    HeapSnapshot anew = reader.read();

    assertThat(ours(anew.heapProfile())).hasSize(10);
    assertThat(ours(anew.since(old).heapProfile())).hasSize(10);
    assertThat(ours(old.heapProfile())).hasSize(100);
  }
}
