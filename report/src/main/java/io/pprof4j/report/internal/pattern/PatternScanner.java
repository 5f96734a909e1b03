// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import com.google.re2j.PatternSyntaxException;

/** A place in a regular expression that is read from left to right. */
final class PatternScanner {
  /** What {@link #next} returns at the end; no character, digit or letter. */
  static final int END = -1;

  private final String text;
  private int at;

  PatternScanner(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  int position() {
    return at;
  }

  int remaining() {
    return text.length() - at;
  }

  void position(int position) {
    at = position;
  }

  /** The next character, which stays the next one; {@link #END} at the end. */
  int peek() {
    return atEnd() ? END : text.codePointAt(at);
  }

  /** Takes the next character; {@link #END} at the end. */
  int next() {
    int character = peek();
    at += character < 0 ? 0 : Character.charCount(character);
    return character;
  }

  /** Takes what comes next if it is the given text. */
  boolean take(String wanted) {
    boolean found = text.startsWith(wanted, at);
    at += found ? wanted.length() : 0;
    return found;
  }

  boolean startsWith(String wanted) {
    return text.startsWith(wanted, at);
  }

  /** Where a text is found next; negative if it is not. */
  int find(String wanted, int from) {
    return text.indexOf(wanted, from);
  }

  /** What was read since a position. */
  String since(int start) {
    return text.substring(start, at);
  }

  /** Everything from a position on. */
  String from(int start) {
    return text.substring(start);
  }

  /** A mistake in the words of Go, which shows the part of the expression that is meant. */
  static PatternSyntaxException mistake(String what, String part) {
    return new PatternSyntaxException(what, part);
  }

  static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  static boolean isLetterOrDigit(int character) {
    return isDigit(character)
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z');
  }
}
