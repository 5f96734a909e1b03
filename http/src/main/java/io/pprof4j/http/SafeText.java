// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.IOException;

/**
 * Text for a terminal: control characters and those that turn the direction of writing, which names
 * in a class file may hold, are written as escapes, so that no name can forge a line or drive the
 * terminal. Line ends and tabs pass.
 */
final class SafeText implements Appendable {
  private final Appendable out;

  SafeText(Appendable out) {
    this.out = out;
  }

  @Override
  public Appendable append(CharSequence text) throws IOException {
    return append(text, 0, text.length());
  }

  @Override
  public Appendable append(CharSequence text, int start, int end) throws IOException {
    int from = start;
    for (int at = start; at < end; at++) {
      if (isHarmful(text.charAt(at))) {
        out.append(text, from, at);
        append(text.charAt(at));
        from = at + 1;
      }
    }
    out.append(text, from, end);
    return this;
  }

  @Override
  public Appendable append(char character) throws IOException {
    if (isHarmful(character)) {
      out.append("\\u%04x".formatted((int) character));
    } else {
      out.append(character);
    }
    return this;
  }

  private static boolean isHarmful(char character) {
    if (character >= ' ' && character < '\u007f') {
      return false;
    }
    return (Character.isISOControl(character) && character != '\n' && character != '\t')
        || (character >= '\u202a' && character <= '\u202e')
        || (character >= '\u2066' && character <= '\u2069')
        || character == '\u200e'
        || character == '\u200f'
        || character == '\u2028'
        || character == '\u2029';
  }
}
