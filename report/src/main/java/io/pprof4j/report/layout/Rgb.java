// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/**
 * A colour, or the absence of one.
 *
 * @param value {@code 0xRRGGBB}, or -1 for {@link #DEFAULT}
 */
public record Rgb(int value) {
  /** No colour was asked for: a drawer takes its own foreground or background. */
  public static final Rgb DEFAULT = new Rgb(-1);

  /** Refuses numbers that are neither a 24-bit colour nor -1. */
  public Rgb {
    if (value < -1 || value > 0xFFFFFF) {
      throw new IllegalArgumentException("colour 0x%x is not 0xRRGGBB".formatted(value));
    }
  }

  /** Whether this is {@link #DEFAULT}. */
  public boolean isDefault() {
    return value < 0;
  }

  /** The colour as {@code #rrggbb}, and {@code #000000} for {@link #DEFAULT}. */
  public String hex() {
    return "#" + Integer.toHexString(0x1000000 | Math.max(value, 0)).substring(1);
  }
}
