// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static io.pprof4j.capture.Truth.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.capture.CaptureRequest.Delta;
import io.pprof4j.profile.Profile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaCursorTest {
  private final Captures captures = Captures.ofThisJvm();

  /**
   * Alive while tests run: what is collected is told from other values, a difference of its own.
   */
  private final List<Object> values = List.of(new Object(), new Object());

  @Test
  void countsWhatEachReaderHasNotSeenYet() throws Exception {
    CustomProfile profile = CustomProfile.create("cursor.test/one");
    ProfileSource source = captures.find("cursor.test/one").orElseThrow();
    DeltaCursor cursor = new DeltaCursor(source);
    Object value = new Object();
    profile.add(value);

    assertThat(cursor.next(CaptureRequest.snapshot()).total(0)).isEqualTo(1);
    values.forEach(profile::add);
    assertThat(cursor.next(CaptureRequest.snapshot()).total(0)).isEqualTo(2);
    profile.remove(value);
    assertThat(cursor.next(CaptureRequest.snapshot()).total(0)).isEqualTo(-1);
    assertThat(cursor.next(CaptureRequest.snapshot()).samples()).isEmpty();
    assertThat(new DeltaCursor(source).next(CaptureRequest.snapshot()).total(0)).isEqualTo(2);
  }

  @Test
  void needsSnapshots() {
    ProfileSource cpu = captures.find("profile").orElseThrow();

    assertThatThrownBy(() -> new DeltaCursor(cpu)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void heapWindowsMaySubtractWhatIsAlive() throws Exception {
    ProfileSource heap = captures.find("heap").orElseThrow();
    CaptureRequest window = CaptureRequest.window(Duration.ofMillis(1)).collectingFirst();
    heap.capture(CaptureRequest.snapshot()); // starts the sampler
    byte[][] kept = allocateKnown();
    heap.capture(CaptureRequest.snapshot().collectingFirst());

    Profile cumulative = heap.capture(window);
    Profile all = heap.capture(window.withDelta(Delta.ALL));

    assertThat(kept.length).isEqualTo(64);
    assertThat(sum(cumulative, 3, "DeltaCursorTest.allocateKnown")).isPositive();
    assertThat(sum(all, 3, "DeltaCursorTest.allocateKnown")).isZero();
    assertThat(sum(all, 1, "DeltaCursorTest.allocateKnown")).isZero();
  }

  private static byte[][] allocateKnown() {
    byte[][] kept = new byte[64][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new byte[1 << 20];
    }
    return kept;
  }

  @Test
  void mutexWindowsAreTheSameBothWays() throws Exception {
    ProfileSource mutex = captures.find("mutex").orElseThrow();
    CaptureRequest window = CaptureRequest.window(Duration.ofMillis(50));

    Profile all = mutex.capture(window.withDelta(Delta.ALL));

    assertThat(all.sampleTypes()).isEqualTo(mutex.capture(window).sampleTypes());
    assertThat(all.samples()).allSatisfy(sample -> assertThat(sample.value(1)).isPositive());
  }
}
