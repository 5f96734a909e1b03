// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import static java.util.Objects.requireNonNull;

/**
 * One arrow of a drawing.
 *
 * @param from index of the source in {@link DrawGraph#nodes()}
 * @param to index of the target in {@link DrawGraph#nodes()}; may equal {@code from}
 * @param label the text beside the arrow
 * @param pull how strongly the layout keeps the arrow short and straight
 * @param pen how the line is drawn
 * @param tooltip what is shown on hovering over line or label, unescaped; empty for none
 */
public record DrawEdge(int from, int to, Label label, Pull pull, Pen pen, String tooltip) {
  /**
   * What an edge asks of the layout.
   *
   * @param weight 1 for an ordinary edge; a heavier one is kept shorter and straighter
   * @param minLen the least number of ranks between source and target
   */
  public record Pull(int weight, int minLen) {
    /** Weight 1 and one rank, DOT's defaults. */
    public static final Pull DEFAULT = new Pull(1, 1);

    /** Refuses negative numbers. */
    public Pull {
      if (weight < 0 || minLen < 0) {
        throw new IllegalArgumentException(
            "weight %d or minLen %d is negative".formatted(weight, minLen));
      }
    }
  }

  /**
   * How the line is drawn.
   *
   * @param width in points
   * @param color of line and arrow head
   * @param style of the line
   */
  public record Pen(int width, Rgb color, Style style) {
    /** A solid line of one point in the drawer's own colour, DOT's default. */
    public static final Pen DEFAULT = new Pen(1, Rgb.DEFAULT, Style.SOLID);

    /** The style of a line. */
    public enum Style {
      /** An unbroken line. */
      SOLID,
      /** Dots: the edge stands for calls through nodes that were removed. */
      DOTTED,
      /** Dashes. */
      DASHED
    }

    /** Refuses a negative width and {@code null}. */
    public Pen {
      if (width < 0) {
        throw new IllegalArgumentException("pen width %d is negative".formatted(width));
      }
      requireNonNull(color, "color");
      requireNonNull(style, "style");
    }
  }

  /** Refuses nulls. */
  public DrawEdge {
    requireNonNull(label, "label");
    requireNonNull(pull, "pull");
    requireNonNull(pen, "pen");
    requireNonNull(tooltip, "tooltip");
  }
}
