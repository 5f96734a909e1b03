// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

import io.pprof4j.report.layout.Layout.Point;
import io.pprof4j.report.layout.LayoutGraph.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a label where it stands in the drawing, in points.
 *
 * @param text without blanks around it
 * @param left where it begins
 * @param base its base line
 * @param width the room that the layout gave it
 */
record TextLine(String text, double left, double base, double width) {
  /** How far letters reach above the base line, as a fraction of the font size. */
  private static final double ASCENT = 0.83;

  /** How far left-aligned text stands from the outline of its box. */
  private static final double PAD = 8;

  /**
   * The lines of a label that are not blank.
   *
   * @param center of the box that the label is in
   * @param box its size, which only left-aligned labels need
   */
  static List<TextLine> of(Label label, Point center, Size box) {
    double size = label.fontSize();
    double step = size * Picture.LINE_HEIGHT;
    double top = center.y() - step * label.lines().size() / 2;
    List<TextLine> lines = new ArrayList<>();
    for (int index = 0; index < label.lines().size(); index++) {
      String text = label.lines().get(index).strip();
      if (!text.isEmpty()) {
        double width = TextWidths.of(text, size);
        double left =
            label.align() == Label.Align.LEFT
                ? center.x() - box.width() / 2 + PAD
                : center.x() - width / 2;
        double base = top + index * step + (step - size) / 2 + size * ASCENT;
        lines.add(new TextLine(text, left, base, width));
      }
    }
    return lines;
  }
}
