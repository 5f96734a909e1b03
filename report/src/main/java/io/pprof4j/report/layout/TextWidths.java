// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/** How wide text is in Helvetica and the fonts of its measure (Arial, Liberation Sans). */
final class TextWidths {
  /*
   * The advance widths of Helvetica in thousandths of the font size, for the codes of WinAnsi from
   * 0x20 on, from Adobe's font metrics (phv, Core 14). What stands beyond is estimated by its script,
   * generously: writers state the width as textLength, so that text never leaves its box.
   */
  private static final short[] WIN_ANSI = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    0, // 0x7F
    556, 0, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0, 0, 222, 222, 333,
    333, 350, 556, 1000, 333, 1000, 500, 333, 944, 0, 500, 667, // 0x9F
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333, 400, 584, 333,
    333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611, 667, 667, 667, 667, 667, 667,
    1000, 722, 667, 667, 667, 667, 278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778,
    722, 722, 722, 722, 667, 667, 611, 556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556,
    278, 278, 278, 278, 556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556,
    500
  };
  private static final int LETTER = 640;
  private static final int WIDE = 1000;
  private static final int FIRST_EAST_ASIAN = 0x1100;

  private TextWidths() {}

  /** The width in the unit of {@code fontSize}. */
  static double of(String text, double fontSize) {
    long sum = 0;
    for (int index = 0; index < text.length(); index = text.offsetByCodePoints(index, 1)) {
      sum += width(text.codePointAt(index));
    }
    return sum * fontSize / 1000;
  }

  private static int width(int codePoint) {
    int code = WinAnsi.code(codePoint);
    if (code >= 0) {
      return WIN_ANSI[code - ' '];
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
      return 0;
    }
    boolean narrowBlock = codePoint >= 0x1E00 && codePoint < 0x2190;
    return codePoint >= FIRST_EAST_ASIAN && !narrowBlock ? WIDE : LETTER;
  }
}
