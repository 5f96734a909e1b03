// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void givesTheResultsInTheOrderOfTheParts() {
    assertThat(Parts.compute(5, part -> part * part)).isEqualTo(List.of(0, 1, 4, 9, 16));
  }

  @Test
  void coversAllThingsOnce() {
    int parts = 3;

    List<Integer> sizes =
        Parts.compute(
            parts, part -> Parts.bound(part + 1, parts, 10) - Parts.bound(part, parts, 10));

    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(Parts.bound(0, parts, 10)).isZero();
  }

  @Test
  void failsAsAPartFails() {
    for (int failing = 0; failing < 3; failing++) {
      int last = failing;
      assertThatThrownBy(
              () ->
                  Parts.compute(
                      3,
                      part -> {
                        if (part == last) {
                          throw new CancellationException("interrupted");
                        }
                        return part;
                      }))
          .isInstanceOf(CancellationException.class);
    }
  }
}
