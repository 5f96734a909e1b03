// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import io.pprof4j.report.layout.Rgb;

/**
 * Colours by share: from green for -1 over grey for 0 to red for 1. The scale is stretched near 0,
 * where most nodes are.
 */
final class PictureColors {
  private static final double STRETCH = 1.0 - 0.7;
  private static final double GREY_BELOW = 0.2;

  private PictureColors() {}

  /** For lines. */
  static Rgb foreground(double share) {
    return color(share, 1.0, 0.7);
  }

  /** For areas. */
  static Rgb background(double share) {
    return color(share, 0.1, 0.93);
  }

  private static Rgb color(double share, double fullSaturation, double value) {
    double score = Math.max(-1, Math.min(1, share));
    double size = Math.abs(score);
    double saturation = size < GREY_BELOW ? fullSaturation * (size / GREY_BELOW) : fullSaturation;
    double stretched = Math.signum(score) * Math.pow(size, STRETCH);
    double red = stretched < 0 ? value * (1 + saturation * stretched) : value;
    double green = stretched < 0 ? value : value * (1 - saturation * stretched);
    double blue = value * (1 - saturation);
    return new Rgb(channel(red) << 16 | channel(green) << 8 | channel(blue));
  }

  private static int channel(double intensity) {
    return (int) (intensity * 255) & 0xFF;
  }
}
