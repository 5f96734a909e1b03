// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.layout;

/** Text as XML may hold it. */
final class XmlText {
  private static final char REPLACEMENT = '\uFFFD';

  private XmlText() {}

  /**
   * Escapes text for an element or a quoted attribute. Characters that XML 1.0 (section 2.2) does
   * not allow at all, and halves of surrogate pairs, become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int index = 0; index < text.length(); index = text.offsetByCodePoints(index, 1)) {
      append(out, text.codePointAt(index));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> {
        if (isAllowed(codePoint)) {
          out.appendCodePoint(codePoint);
        } else {
          out.append(REPLACEMENT);
        }
      }
    }
  }

  private static boolean isAllowed(int codePoint) {
    return codePoint == '\t'
        || codePoint == '\n'
        || (codePoint >= ' ' && codePoint < Character.MIN_SURROGATE)
        || (codePoint > Character.MAX_SURROGATE && codePoint < 0xFFFE)
        || codePoint > 0xFFFF;
  }
}
