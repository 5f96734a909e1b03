// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

/** Columns of text with tabs, whose stops are eight apart. */
public final class Columns {
  private static final int TAB = 8;
  private static final int WIDTH = 80;

  private Columns() {}

  /** How many columns the blanks and tabs at the start of a line take. */
  public static int indentation(String line) {
    int column = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\t') {
        column = (column / TAB + 1) * TAB;
      } else if (c == ' ') {
        column++;
      } else {
        return column;
      }
    }
    return column;
  }

  /** The text with blanks for tabs, and blanks behind it up to eighty columns. */
  public static String pad(String text) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      column++;
      if (c == '\t') {
        out.append(' ');
        while (column % TAB != 0) {
          column++;
          out.append(' ');
        }
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.append(" ".repeat(Math.max(0, WIDTH - column))).toString();
  }
}
