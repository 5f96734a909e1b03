// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/** How wide text is in Helvetica and the fonts of its measure (Arial, Liberation Sans). */
final class TextWidths {
  /*
   * The advance widths of Helvetica in thousandths of the font size, for U+0020 to U+007E, from
   * Adobe's font metrics (phv, Core 14). What stands beyond is estimated by its script, generously:
   * writers state the width as textLength, so that text never leaves its box.
   */
  private static final short[] ASCII = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
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
    if (codePoint >= ' ' && codePoint <= '~') {
      return ASCII[codePoint - ' '];
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
      return 0;
    }
    boolean narrowBlock = codePoint >= 0x1E00 && codePoint < 0x2190;
    return codePoint >= FIRST_EAST_ASIAN && !narrowBlock ? WIDE : LETTER;
  }
}
