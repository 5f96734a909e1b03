// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.text;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.Utf8;

/** Reads lines of a text from memory, without their end, LF or CR LF. */
public final class LineScanner {
  /**
   * Lines of most legacy formats must be shorter, since the reader that defined them required it.
   */
  static final int MAX_LINE = 1 << 16;

  private final byte[] bytes;
  private final int maxLine;
  private int at;
  private String line = "";

  private boolean terminated;

  /** A scanner of lines shorter than {@link #MAX_LINE}. */
  public LineScanner(byte[] bytes, int from) {
    this(bytes, from, MAX_LINE);
  }

  private LineScanner(byte[] bytes, int from, int maxLine) {
    this.bytes = bytes;
    this.at = from;
    this.maxLine = maxLine;
  }

  /** A scanner of lines of any length. */
  public static LineScanner unlimited(byte[] bytes, int from) {
    return new LineScanner(bytes, from, Integer.MAX_VALUE);
  }

  /** Whether the current line ends in LF, which only the last one may lack. */
  public boolean terminated() {
    return terminated;
  }

  /** Offset of the line after the current one. */
  public int offset() {
    return at;
  }

  /** The line that {@link #next} moved to; empty before the first and after the last one. */
  public String line() {
    return line;
  }

  /**
   * Moves to the next line.
   *
   * @return false at the end
   * @throws ProfileFormatException if the line is too long
   */
  public boolean next() throws ProfileFormatException {
    line = "";
    if (at == bytes.length) {
      return false;
    }
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      if (end - at == maxLine - 1) {
        throw new LineTooLongException(at);
      }
      end++;
    }
    int length = end - at;
    if (length > 0 && bytes[end - 1] == '\r') {
      length--;
    }
    line = Utf8.decode(bytes, at, length);
    terminated = end < bytes.length;
    at = Math.min(end + 1, bytes.length);
    return true;
  }

  /** Moves to the first line that has text and is no comment; false if there is none. */
  public boolean nextHeader() throws ProfileFormatException {
    while (next()) {
      if (!isBlankOrComment(line)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line says nothing. */
  public static boolean isBlankOrComment(String line) {
    String trimmed = trim(line);
    return trimmed.isEmpty() || trimmed.charAt(0) == '#';
  }

  /** Without white space at both ends, as Unicode defines White_Space. */
  public static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }
}
