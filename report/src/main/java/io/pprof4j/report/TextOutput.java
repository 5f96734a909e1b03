// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Utf8;
import java.io.IOException;
import java.io.OutputStream;

/** Text on its way to a stream: gathered in a buffer and encoded so that no byte is lost. */
final class TextOutput {
  private static final int FLUSH_ABOVE = 1 << 16;

  private final OutputStream target;
  private final StringBuilder buffer = new StringBuilder();

  TextOutput(OutputStream target) {
    this.target = target;
  }

  /** Where to append to. Call {@link #endOfLine} or {@link #flush} to hand the text on. */
  StringBuilder buffer() {
    return buffer;
  }

  TextOutput text(String text) {
    buffer.append(text);
    return this;
  }

  TextOutput left(String text, int width) {
    GoText.padLeft(buffer, text, width);
    return this;
  }

  TextOutput right(String text, int width) {
    GoText.padRight(buffer, text, width);
    return this;
  }

  void line(String text) throws IOException {
    buffer.append(text);
    endOfLine();
  }

  void endOfLine() throws IOException {
    buffer.append('\n');
    if (buffer.length() > FLUSH_ABOVE) {
      flush();
    }
  }

  void flush() throws IOException {
    target.write(Utf8.encode(buffer.toString()));
    buffer.setLength(0);
  }
}
