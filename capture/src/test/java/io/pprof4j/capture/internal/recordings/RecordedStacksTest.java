// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.internal.LoadableClasses;
import org.junit.jupiter.api.Test;

/** Stacks of events. */
class RecordedStacksTest {
  /** A reader of text profiles takes one with a stack of no frames for malformed. */
  @Test
  void anEventWithoutAStackHasAFrameThatSaysSo() {
    RecordedStacks stacks = new RecordedStacks(new LoadableClasses());

    assertThat(stacks.frames(null))
        .extracting(frame -> frame.method().name())
        .containsExactly("[no stack]");
  }
}
