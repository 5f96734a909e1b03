// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.profile.Utf8;

/** Text made safe for the places in a page where it goes. */
final class Markup {
  private Markup() {}

  /** Text inside an element or inside an attribute in quotes. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '\0' -> out.append('\uFFFD');
        default -> out.append(isHidden(c) ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return out.toString();
  }

  /** Markup with its hidden characters made visible; they have no meaning in it. */
  static String visible(String markup) {
    if (markup.chars().noneMatch(c -> isHidden((char) c))) {
      return markup;
    }
    StringBuilder out = new StringBuilder(markup.length() + 100);
    for (int at = 0; at < markup.length(); at++) {
      char c = markup.charAt(at);
      out.append(isHidden(c) ? "\\u%04x".formatted((int) c) : c);
    }
    return out.toString();
  }

  /** Characters that change the direction of the text around them could make it lie. */
  private static boolean isHidden(char c) {
    return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
  }

  /** A string of JSON, in quotes, that cannot end the script element it stands in. */
  static String json(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == '<' || c == '>' || c == '&' || (c >= 0x7F && isUnsafe(text, at))) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * Line separators, hidden characters, and bytes that were not UTF-8, which are lone surrogates
   * (see Utf8).
   */
  private static boolean isUnsafe(String text, int at) {
    char c = text.charAt(at);
    boolean lone =
        Character.isSurrogate(c)
            && !(Character.isHighSurrogate(c)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1)))
            && !(Character.isLowSurrogate(c)
                && at > 0
                && Character.isHighSurrogate(text.charAt(at - 1)));
    return c == 0x7F || c == '\u2028' || c == '\u2029' || lone || isHidden(c);
  }

  /** A page as bytes; what was not UTF-8 in the profile is not in the page either. */
  static byte[] encode(String page) {
    return Utf8.encode(page);
  }
}
