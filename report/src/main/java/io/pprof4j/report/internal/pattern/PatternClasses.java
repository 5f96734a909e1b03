// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import static io.pprof4j.report.internal.pattern.PatternScanner.mistake;

import java.util.Optional;
import java.util.Set;

/** Reads escapes and classes of characters, and writes them as RE2/J takes them. */
final class PatternClasses {
  private static final String PERL = "dDsSwW";
  private static final Set<String> POSIX =
      Set.of(
          "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
          "space", "upper", "word", "xdigit");
  private static final String RANGE = "invalid character class range";

  private final PatternScanner in;

  PatternClasses(PatternScanner in) {
    this.in = in;
  }

  /** Reads {@code [...]}. */
  String brackets() {
    int start = in.position();
    StringBuilder out = new StringBuilder();
    in.take("[");
    in.take("^");
    out.append(in.since(start));
    for (boolean first = true; first || in.peek() != ']'; first = false) {
      out.append(member(start));
    }
    in.take("]");
    return out.append(']').toString();
  }

  private String member(int start) {
    int from = in.position();
    if (posix()) {
      return in.since(from);
    }
    if (isUnicode()) {
      return unicode();
    }
    if (perl()) {
      return in.since(from);
    }
    int low = character(start);
    if (in.startsWith("-") && !in.startsWith("-]") && in.remaining() > 1) {
      in.take("-");
      if (character(start) < low) {
        throw mistake(RANGE, in.since(from));
      }
    }
    return in.since(from);
  }

  private int character(int start) {
    if (in.atEnd()) {
      throw mistake("missing closing ]", in.from(start));
    }
    return in.peek() == '\\' ? escape() : in.next();
  }

  /** Takes a class such as {@code [:alpha:]} if there is one. */
  private boolean posix() {
    int start = in.position();
    int end = in.startsWith("[:") ? in.find(":]", start + 2) : -1;
    if (end < 0) {
      return false;
    }
    in.position(end + 2);
    String name = in.since(start);
    String bare = name.substring(name.startsWith("[:^") ? 3 : 2, name.length() - 2);
    if (!POSIX.contains(bare)) {
      throw mistake(RANGE, name);
    }
    return true;
  }

  /** Takes a class such as {@code \d} if there is one. */
  boolean perl() {
    int start = in.position();
    if (in.take("\\") && in.peek() >= 0 && PERL.indexOf(in.peek()) >= 0) {
      in.next();
      return true;
    }
    in.position(start);
    return false;
  }

  boolean isUnicode() {
    return in.startsWith("\\p") || in.startsWith("\\P");
  }

  /** Reads {@code \pL}, {@code \p{Greek}} or the like, and returns members for brackets. */
  String unicode() {
    int start = in.position();
    in.take("\\");
    boolean negated = in.next() == 'P';
    String name;
    if (in.peek() == '{') {
      int end = in.find("}", start);
      if (end < 0) {
        throw mistake(RANGE, in.from(start));
      }
      in.position(end + 1);
      String written = in.since(start);
      name = written.substring(3, written.length() - 1);
    } else {
      in.next();
      name = in.since(start).substring(2);
    }
    if (name.startsWith("^")) {
      negated = !negated;
      name = name.substring(1);
    }
    Optional<String> members = UnicodeClasses.members(name, negated);
    return members.orElseThrow(() -> mistake(RANGE, in.since(start)));
  }

  /** Reads an escape that stands for one character, and returns that. */
  int escape() {
    int start = in.position();
    in.take("\\");
    if (in.atEnd()) {
      throw mistake("trailing backslash at end of expression", "");
    }
    int letter = in.next();
    int character =
        switch (letter) {
          case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(letter);
          case 'x' -> hexadecimal();
          case 'a' -> 7;
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'v' -> 11;
          default -> letter < 128 && !PatternScanner.isLetterOrDigit(letter) ? letter : -1;
        };
    if (character < 0) {
      throw mistake("invalid escape sequence", in.since(start));
    }
    return character;
  }

  /** A digit other than zero alone would be a reference to a group, which RE2 does not have. */
  private int octal(int first) {
    if (first != '0' && !isOctal(in.peek())) {
      return -1;
    }
    int value = first - '0';
    for (int digit = 1; digit < 3 && isOctal(in.peek()); digit++) {
      value = value * 8 + in.next() - '0';
    }
    return value;
  }

  private static boolean isOctal(int character) {
    return character >= '0' && character <= '7';
  }

  private int hexadecimal() {
    if (!in.take("{")) {
      if (in.atEnd()) {
        return -1;
      }
      int high = Character.digit(in.next(), 16);
      int low = Character.digit(in.next(), 16);
      return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
    int value = 0;
    int digits = 0;
    for (int next = in.next(); next != '}'; next = in.next()) {
      int digit = next < 128 ? Character.digit(next, 16) : -1;
      value = value * 16 + digit;
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        return -1;
      }
      digits++;
    }
    return digits == 0 ? -1 : value;
  }
}
