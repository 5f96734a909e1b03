// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapOptionsTest {
  @AfterEach
  void clear() {
    System.clearProperty(HeapOptions.INTERVAL_PROPERTY);
    System.clearProperty(HeapOptions.CPU_PROPERTY);
    System.clearProperty(HeapOptions.DEPTH_PROPERTY);
    System.clearProperty(HeapOptions.RECOGNITION_PROPERTY);
  }

  @Test
  void defaultsAreThoseOfGo() {
    HeapOptions options = HeapOptions.fromSystemProperties();

    assertThat(options).isEqualTo(HeapOptions.defaults());
    assertThat(options.interval()).isEqualTo(524288);
    assertThat(options.stackDepth()).isEqualTo(128);
  }

  @Test
  void readsSystemProperties() {
    System.setProperty(HeapOptions.INTERVAL_PROPERTY, "0");
    System.setProperty(HeapOptions.CPU_PROPERTY, "2.5");
    System.setProperty(HeapOptions.DEPTH_PROPERTY, "1024");
    System.setProperty(HeapOptions.RECOGNITION_PROPERTY, "false");

    HeapOptions options = HeapOptions.fromSystemProperties();

    assertThat(options.interval()).isZero();
    assertThat(options.cpuBudget()).isEqualTo(0.025);
    assertThat(options.stackDepth()).isEqualTo(1024);
    assertThat(options.recognition()).isFalse();
  }

  @Test
  void saysWhatIsWrong() {
    System.setProperty(HeapOptions.INTERVAL_PROPERTY, "much");

    assertThatThrownBy(HeapOptions::fromSystemProperties)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pprof4j.memprofilerate is 'much'");
    System.clearProperty(HeapOptions.INTERVAL_PROPERTY);
    System.setProperty(HeapOptions.RECOGNITION_PROPERTY, "no");
    assertThatThrownBy(HeapOptions::fromSystemProperties)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pprof4j.heap.recognition is 'no', expected true or false");
    assertThatThrownBy(() -> HeapOptions.defaults().withStackDepth(1025))
        .hasMessageContaining("stackDepth is 1025, expected 1 to 1024");
  }
}
