// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import io.pprof4j.profile.Utf8;
import java.io.IOException;
import java.io.OutputStream;

/** Text on its way to a stream: gathered in a buffer and encoded so that no byte is lost. */
public final class TextOutput {
  private static final int FLUSH_ABOVE = 1 << 16;

  private final OutputStream target;
  private final StringBuilder buffer = new StringBuilder();

  /** Text for a stream, which is not closed. */
  public TextOutput(OutputStream target) {
    this.target = target;
  }

  /** Where to append to. Call {@link #endOfLine} or {@link #flush} to hand the text on. */
  public StringBuilder buffer() {
    return buffer;
  }

  /** Appends a text. */
  public TextOutput text(String text) {
    buffer.append(text);
    return this;
  }

  /** Appends a text, with spaces before it up to a width. */
  public TextOutput left(String text, int width) {
    GoText.padLeft(buffer, text, width);
    return this;
  }

  /** Appends a text, with spaces after it up to a width. */
  public TextOutput right(String text, int width) {
    GoText.padRight(buffer, text, width);
    return this;
  }

  /** Appends a text that ends its line. */
  public void line(String text) throws IOException {
    buffer.append(text);
    endOfLine();
  }

  /** Ends the line. */
  public void endOfLine() throws IOException {
    buffer.append('\n');
    if (buffer.length() > FLUSH_ABOVE) {
      flush();
    }
  }

  /** Hands on what has been appended. */
  public void flush() throws IOException {
    target.write(Utf8.encode(buffer.toString()));
    buffer.setLength(0);
  }
}
