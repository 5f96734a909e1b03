// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/** The colours of a drawing on a dark background. */
final class DarkColors {
  /*
   * In hue, saturation and lightness (CSS Color 3, section 4.2.4) the lightness is turned round and
   * brought into a range in which neither boxes glow nor lines vanish; pale fills get more colour,
   * because darkness hides it.
   */
  private static final double LEAST_FILL = 0.17;
  private static final double LEAST_STROKE = 0.42;
  private static final double MOST_LIGHTNESS = 0.72;
  private static final double PALE = 0.8;

  private DarkColors() {}

  /** The counterpart of the colour of a box, on which light text stands. */
  static Rgb ofFill(Rgb color) {
    return turned(color, LEAST_FILL);
  }

  /** The counterpart of the colour of a line. */
  static Rgb ofStroke(Rgb color) {
    return turned(color, LEAST_STROKE);
  }

  private static Rgb turned(Rgb color, double leastLightness) {
    double red = (color.value() >> 16 & 0xFF) / 255.0;
    double green = (color.value() >> 8 & 0xFF) / 255.0;
    double blue = (color.value() & 0xFF) / 255.0;
    double most = Math.max(red, Math.max(green, blue));
    double least = Math.min(red, Math.min(green, blue));
    double lightness = (most + least) / 2;
    double turned = Math.max(leastLightness, Math.min(MOST_LIGHTNESS, 1 - lightness));
    double span = most - least;
    if (span == 0) {
      return gray(turned);
    }
    double saturation = span / (1 - Math.abs(2 * lightness - 1));
    double chroma =
        Math.min(1, lightness > PALE ? saturation * 1.5 : saturation * 0.9)
            * (1 - Math.abs(2 * turned - 1));
    double low = turned - chroma / 2;
    return rgb(
        low + chroma * (red - least) / span,
        low + chroma * (green - least) / span,
        low + chroma * (blue - least) / span);
  }

  private static Rgb gray(double lightness) {
    return rgb(lightness, lightness, lightness);
  }

  private static Rgb rgb(double red, double green, double blue) {
    return new Rgb(part(red) << 16 | part(green) << 8 | part(blue));
  }

  private static int part(double value) {
    return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
