// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/** The characters that the base fonts of PDF and PostScript can show: Windows code page 1252. */
final class WinAnsi {
  /** What stands for all other characters. */
  private static final char REPLACEMENT = '?';

  /** The characters of the codes from 0x80 on, a zero where there is none. */
  private static final String FROM_80 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

  private WinAnsi() {}

  /** The code of a character, 0x20 to 0xFF, or -1 if it has none. */
  static int code(int codePoint) {
    if ((codePoint >= ' ' && codePoint <= '~') || (codePoint >= 0xA0 && codePoint <= 0xFF)) {
      return codePoint;
    }
    int index = codePoint > 0xFF ? FROM_80.indexOf(codePoint) : -1;
    return index < 0 ? -1 : 0x80 + index;
  }

  /** The text with a question mark for each character that has no code; marks are left out. */
  static String replaceOthers(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); index = text.offsetByCodePoints(index, 1)) {
      int codePoint = text.codePointAt(index);
      if (code(codePoint) >= 0) {
        out.appendCodePoint(codePoint);
      } else if (TextWidths.of(Character.toString(codePoint), 1) > 0) {
        out.append(REPLACEMENT);
      }
    }
    return out.toString();
  }

  /** A string as PDF and PostScript write it, for text that has only characters with codes. */
  static String literal(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('(');
    for (int index = 0; index < text.length(); index++) {
      int code = code(text.charAt(index));
      if (code > '~') {
        // Three octal digits, the first of which is 2 or 3.
        out.append('\\').append(Integer.toOctalString(code));
      } else {
        out.append(code == '(' || code == ')' || code == '\\' ? "\\" : "").append((char) code);
      }
    }
    return out.append(')').toString();
  }
}
