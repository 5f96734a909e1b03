// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

/** Text in double quotes, as Go's {@code %q} writes it. */
public final class Quoted {
  private Quoted() {}

  /** The text on one line, with quotes, backslashes and control characters escaped. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(character -> append(quoted, character));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (character < ' ' || character == 0x7f) {
          quoted.append("\\x%02x".formatted(character));
        } else if (Character.isISOControl(character)) {
          quoted.append("\\u%04x".formatted(character));
        } else {
          quoted.appendCodePoint(character);
        }
      }
    }
  }
}
