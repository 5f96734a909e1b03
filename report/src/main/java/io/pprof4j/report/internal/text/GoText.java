// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

/** Text as Go's fmt package writes it. */
public final class GoText {
  private GoText() {}

  /** Text in double quotes with Go's escapes ({@code %q}). */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      escape(out, c);
    }
    return out.append('"').toString();
  }

  private static void escape(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      default -> {
        if (c >= 0xDC80 && c <= 0xDCFF) {
          // A byte that was not UTF-8: see io.pprof4j.profile.Utf8.
          out.append(String.format("\\x%02x", c - 0xDC00));
        } else if (c < ' ' || c == 0x7F) {
          out.append(String.format("\\x%02x", c));
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** Text padded on the left with blanks to a number of characters ({@code %10s}). */
  public static void padLeft(StringBuilder out, String text, int width) {
    for (int blanks = width - text.codePointCount(0, text.length()); blanks > 0; blanks--) {
      out.append(' ');
    }
    out.append(text);
  }

  /** Text padded on the right with blanks to a number of characters ({@code %-40s}). */
  static void padRight(StringBuilder out, String text, int width) {
    out.append(text);
    for (int blanks = width - text.codePointCount(0, text.length()); blanks > 0; blanks--) {
      out.append(' ');
    }
  }
}
