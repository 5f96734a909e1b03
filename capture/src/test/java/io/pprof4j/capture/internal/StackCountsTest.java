// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Sample;
import io.pprof4j.profile.ValueType;
import org.junit.jupiter.api.Test;

class StackCountsTest {
  private final StackCounts counts = new StackCounts(new ValueType("waits", "count"));

  @Test
  void keepsAddingToTheStacksItHasWhenThereIsNoRoomForMore() {
    assertThat(counts.addWithin(2, StackKey.note("a"), 1)).isTrue();
    assertThat(counts.addWithin(2, StackKey.note("b"), 2)).isTrue();
    assertThat(counts.addWithin(2, StackKey.note("c"), 4)).isFalse();
    assertThat(counts.addWithin(2, StackKey.note("a"), 8)).isTrue();

    assertThat(counts.size()).isEqualTo(2);
    assertThat(counts.toProfile(header -> header).samples())
        .extracting((Sample sample) -> sample.value(0))
        .containsExactlyInAnyOrder(9L, 2L);
  }
}
