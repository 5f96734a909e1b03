// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.internal.NativeSampler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buckets as the library tells them. */
class HeapRowsTest {
  private static final long FIXED = 65536;

  /** Two methods that have been seen on a stack; their names do not matter. */
  private static final int ONE = 1;

  private static final int OTHER = 2;

  private final HeapStacks stacks = new HeapStacks(1);
  private NativeSampler library;

  @BeforeEach
  void seeSomeMethods() throws Exception {
    library = NativeSampler.get();
    library.allStacks(64);
  }

  private void addStacks(int... told) {
    stacks.add(told, library.codeTable());
  }

  private static long[] told(long[]... buckets) {
    long[] told = new long[buckets.length * 10];
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      System.arraycopy(buckets[bucket], 0, told, bucket * 10, 10);
    }
    return told;
  }

  /** A bucket with so many objects allocated, half of them alive. */
  private static long[] bucket(int stack, long size, long objects) {
    long live = objects / 2;
    return new long[] {
      stack,
      size,
      live,
      live * size,
      live * FIXED,
      live * size,
      objects,
      objects * size,
      objects * FIXED,
      objects * size
    };
  }

  @Test
  void stacksThatDifferWithinALineBecomeOne() {
    addStacks(0, 1, ONE, 10, 0, 2, ONE, 10, OTHER, 20, 0, 1, ONE, 10);

    HeapRows rows =
        HeapRows.of(
            told(bucket(0, 16, 4), bucket(0, 24, 2), bucket(1, 16, 8), bucket(2, 24, 6)), stacks);

    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.allObjects(0)).isEqualTo(4);
    assertThat(rows.allObjects(1)).isEqualTo(8);
    assertThat(rows.allBytes(1)).isEqualTo(8 * 24);
    assertThat(rows.liveObjects(1)).isEqualTo(4);
    assertThat(rows.allObjects(2)).isEqualTo(8);
    assertThat(stacks.frames(1)).hasSize(2);
  }

  @Test
  void labelsKeepEqualStacksApart() {
    addStacks(0, 1, ONE, 10, 3, 1, ONE, 10);

    HeapRows rows = HeapRows.of(told(bucket(0, 16, 4), bucket(1, 16, 2)), stacks);

    assertThat(rows.size()).isEqualTo(2);
    assertThat(stacks.labels(rows.stack(1))).isEqualTo(3);
  }

  @Test
  void differenceHasWhatWasAllocatedSinceAndWhatIsAliveNow() {
    addStacks(0, 1, ONE, 10);
    HeapRows before = HeapRows.of(told(bucket(0, 16, 4), bucket(0, 32, 1)), stacks);
    addStacks(0, 1, OTHER, 10, 0, 1, ONE, 10);
    HeapRows after =
        HeapRows.of(
            told(bucket(0, 16, 10), bucket(0, 32, 1), bucket(1, 16, 6), bucket(2, 16, 2)), stacks);

    HeapRows rest = after.since(before, stacks);

    assertThat(rest.size()).isEqualTo(2);
    assertThat(rest.allObjects(0)).isEqualTo(10 + 2 - 4);
    assertThat(rest.liveObjects(0)).isEqualTo(5 + 1);
    assertThat(rest.allObjects(1)).isEqualTo(6);
  }

  @Test
  void aStackWithoutFramesHasAFrameThatSaysSo() {
    addStacks(0, 0, 0, 1, ONE, 10);

    assertThat(stacks.frames(0)).containsExactly(FrameTable.NO_STACK);
    assertThat(stacks.table().frame(FrameTable.NO_STACK).method().name())
        .isEqualTo("no Java stack");
    assertThat(stacks.frames(1)).doesNotContain(FrameTable.NO_STACK);
  }
}
