// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/**
 * One header field.
 *
 * @param name the name, as Go spells it: {@code Content-Type}
 * @param value the value without surrounding blanks
 */
public record Header(String name, String value) {
  /** Spells a name as Go's textproto does: the first letter and those after a dash are capital. */
  public static String canonical(String name) {
    StringBuilder out = new StringBuilder(name.length());
    boolean upper = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (upper && c >= 'a' && c <= 'z') {
        c = (char) (c - 'a' + 'A');
      } else if (!upper && c >= 'A' && c <= 'Z') {
        c = (char) (c - 'A' + 'a');
      }
      out.append(c);
      upper = c == '-';
    }
    return out.toString();
  }

  /** Whether the text is a token of RFC 9110, 5.6.2, as names and methods must be. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!letter && !(c >= '0' && c <= '9') && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether the text may be a field's value: no control characters but the tab. */
  public static boolean isValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
