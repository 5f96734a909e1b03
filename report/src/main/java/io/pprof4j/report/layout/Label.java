// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import java.util.List;

/**
 * Text of one or more lines in one font size.
 *
 * @param lines the lines from top to bottom, unescaped; empty for no text
 * @param fontSize in points (1/72 inch)
 * @param align how the lines stand to each other
 */
public record Label(List<String> lines, int fontSize, Align align) {
  /** The size that Graphviz and this package use where nothing else is said, in points. */
  public static final int DEFAULT_FONT_SIZE = 14;

  /** How the lines of a label stand to each other. */
  public enum Align {
    /** Each line is centred ({@code \n} in DOT). */
    CENTER,
    /** Each line starts at the left edge ({@code \l} in DOT). */
    LEFT
  }

  /** Copies the lines; refuses a font size below one. */
  public Label {
    lines = List.copyOf(lines);
    if (fontSize < 1) {
      throw new IllegalArgumentException("font size %d is below 1".formatted(fontSize));
    }
  }

  /** A centred label. */
  public static Label centered(List<String> lines, int fontSize) {
    return new Label(lines, fontSize, Align.CENTER);
  }

  /** A centred label in the default font size, as edges have. */
  public static Label centered(List<String> lines) {
    return centered(lines, DEFAULT_FONT_SIZE);
  }

  /** A left-aligned label, as the legend has. */
  public static Label left(List<String> lines, int fontSize) {
    return new Label(lines, fontSize, Align.LEFT);
  }
}
