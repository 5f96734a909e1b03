// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void addsInnerLabelsToOuterOnes() throws Exception {
    Map<String, String> inner =
        Labels.of("route", "/sell")
            .and("tenant", "a")
            .call(() -> Labels.of("tenant", "b").call(() -> Labels.current().asMap()));

    assertThat(inner).containsExactly(entry("route", "/sell"), entry("tenant", "b"));
  }

  @Test
  void restoresTheOuterLabels() {
    Labels.of("k", "outer")
        .run(
            () -> {
              Labels.of("k", "inner").run(() -> {});
              assertThat(Labels.current().asMap()).containsExactly(entry("k", "outer"));
            });

    assertThat(Labels.current().asMap()).isEmpty();
  }

  @Test
  void restoresTheOuterLabelsAfterAnException() {
    try (Labels.Scope scope = Labels.of("k", "v").open()) {
      assertThat(scope).isNotNull();
      throw new IllegalStateException("thrown on purpose");
    } catch (IllegalStateException e) {
      assertThat(Labels.current().asMap()).isEmpty();
    }
  }

  @Test
  void areInheritedByThreads() throws Exception {
    FutureTask<Map<String, String>> inChild = new FutureTask<>(() -> Labels.current().asMap());

    Labels.of("k", "v").run(() -> new Thread(inChild).start());

    assertThat(inChild.get()).containsExactly(entry("k", "v"));
  }
}
