// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.internal.GeneratedCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkLayoutTest {
  /** On JDK 17 the classes that are looked for are not there. */
  @Test
  void isNotFoundWithoutVirtualThreadsNorWhereTheJdkHasNone() {
    GeneratedCode code = new GeneratedCode(0, 1);

    assertThat(ChunkLayout.find(List.of(Thread.currentThread()), code)).isNull();
    assertThat(ChunkLayout.find(List.of(Thread.currentThread()), code)).isNull();
  }
}
