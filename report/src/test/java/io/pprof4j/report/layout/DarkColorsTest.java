// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DarkColorsTest {
  @Test
  void keepsLinesVisibleAndBoxesDarkWhateverTheColor() {
    IntStream.range(0, 4096)
        .mapToObj(n -> new Rgb((n >> 8) * 0x110000 + (n >> 4 & 15) * 0x1100 + (n & 15) * 0x11))
        .forEach(
            color -> {
              assertThat(brightest(DarkColors.ofStroke(color))).isGreaterThanOrEqualTo(100);
              if (lightness(color) > 400) {
                assertThat(lightness(DarkColors.ofFill(color))).isLessThan(120);
              }
            });
  }

  @Test
  void keepsRedRed() {
    int red = DarkColors.ofStroke(new Rgb(0xB20000)).value();

    assertThat(red >> 16).isGreaterThan(2 * (red & 0xFF));
    assertThat(red >> 8 & 0xFF).isEqualTo(red & 0xFF);
  }

  private static int brightest(Rgb color) {
    return Math.max(color.value() >> 16, Math.max(color.value() >> 8 & 0xFF, color.value() & 0xFF));
  }

  /** Twice the lightness of HSL, 0 to 510. */
  private static int lightness(Rgb color) {
    int least =
        Math.min(color.value() >> 16, Math.min(color.value() >> 8 & 0xFF, color.value() & 0xFF));
    return brightest(color) + least;
  }
}
