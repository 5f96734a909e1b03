// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The text form of the heap profile, beyond what its numbers are. */
class HeapTextTest {
  @Test
  void equalBytesDoNotMakeItATextWithTwoColumns() throws Exception {
    HeapSampler sampler = HeapSampler.get();
    sampler.stop();
    sampler.start(HeapOptions.defaults().withInterval(0));
    try {
      StringBuilder text = new StringBuilder();
      Captures.ofThisJvm().find("heap").orElseThrow().writeText(CaptureRequest.snapshot(), 1, text);

      assertThat(text).startsWith("heap profile: 0: 0 [0: 1] @ heap/");
    } finally {
      sampler.stop();
    }
  }
}
