// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import static io.pprof4j.report.internal.pattern.PatternScanner.mistake;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads a regular expression as Go's package {@code regexp/syntax} does, and writes it as RE2/J
 * takes it.
 */
final class PatternSyntax {
  /*
   * RE2/J was made from an early version of Go's package. It refuses names of groups that repeat and
   * newer names of Unicode classes, accepts repetitions and depths that Go refuses, and words some
   * mistakes differently. So every mistake is found here, in the order in which Go finds it, and
   * RE2/J gets what both agree on: groups without names, classes by names that it knows.
   */
  private static final int MAX_REPEAT = 1000;
  private static final int MAX_HEIGHT = 1000;
  private static final long MAX_SIZE = (128 << 20) / 40;
  private static final int NO_NUMBER = -2;

  /** A group that is open: its alternatives so far, and what was read since the last bar. */
  private static final class Group {
    private final boolean captures;
    private final List<PatternPart> alternatives = new ArrayList<>();
    private List<PatternPart> sequence = new ArrayList<>();

    private Group(boolean captures) {
      this.captures = captures;
    }

    private void bar() {
      alternatives.add(PatternPart.sequence(sequence));
      sequence = new ArrayList<>();
    }

    private PatternPart close() {
      bar();
      PatternPart whole = PatternPart.alternatives(alternatives);
      return captures ? whole.captured() : whole;
    }
  }

  private final PatternScanner in;
  private final PatternClasses classes;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Group> groups = new ArrayDeque<>();

  /** Where the repetition starts that was read last; negative if something came after it. */
  private int lastRepeat = -1;

  private PatternSyntax(String expression) {
    in = new PatternScanner(expression);
    classes = new PatternClasses(in);
  }

  /**
   * The expression as RE2/J takes it.
   *
   * @throws PatternSyntaxException if it is none, in the words of Go
   */
  static String translate(String expression) {
    return new PatternSyntax(expression).read();
  }

  private String read() {
    groups.push(new Group(false));
    while (!in.atEnd()) {
      int start = in.position();
      boolean repeats = false;
      switch (in.peek()) {
        case '(' -> open();
        case ')' -> close();
        case '|' -> bar();
        case '[' -> add(PatternPart.ONE, classes.brackets());
        case '*', '+', '?' -> {
          in.next();
          repeats = repeat(start, 0, PatternPart.UNLIMITED, false);
        }
        case '{' -> repeats = braces();
        case '\\' -> escape();
        case '^', '$', '.' -> add(PatternPart.ONE, Character.toString(in.next()));
        default -> add(PatternPart.LITERAL, Character.toString(in.next()));
      }
      lastRepeat = repeats ? start : -1;
    }
    if (groups.size() > 1) {
      throw mistake("missing closing )", in.from(0));
    }
    checked(current().close());
    return out.toString();
  }

  private Group current() {
    return groups.getFirst();
  }

  private void add(PatternPart part, String written) {
    current().sequence.add(part);
    out.append(written);
  }

  private void bar() {
    out.append((char) in.next());
    current().bar();
  }

  private void close() {
    if (groups.size() == 1) {
      throw mistake("unexpected )", in.from(0));
    }
    in.next();
    PatternPart whole = checked(groups.pop().close());
    add(whole, ")");
  }

  private void open() {
    int start = in.position();
    if (!in.startsWith("(?")) {
      in.next();
      push(true, "(");
    } else if (isNamed("(?P<") || isNamed("(?<")) {
      name(start);
    } else {
      flags(start);
    }
  }

  private void push(boolean captures, String written) {
    groups.push(new Group(captures));
    out.append(written);
  }

  private boolean isNamed(String prefix) {
    return in.startsWith(prefix) && in.remaining() > prefix.length();
  }

  private void name(int start) {
    int end = in.find(">", start);
    if (end < 0) {
      throw mistake("invalid named capture", in.from(start));
    }
    in.position(end + 1);
    String written = in.since(start);
    String name = written.substring(written.indexOf('<') + 1, written.length() - 1);
    boolean valid = name.chars().allMatch(c -> c == '_' || PatternScanner.isLetterOrDigit(c));
    if (name.isEmpty() || !valid) {
      throw mistake("invalid named capture", written);
    }
    push(true, "(");
  }

  /** Reads {@code (?i)}, {@code (?i-s:} and the like. */
  private void flags(int start) {
    in.take("(?");
    boolean negative = false;
    boolean pending = false;
    while (true) {
      switch (in.next()) {
        case 'i', 'm', 's', 'U' -> pending = true;
        case '-' -> {
          if (negative) {
            throw unsupported(start);
          }
          negative = true;
          pending = false;
        }
        case ':' -> {
          checkFlags(negative && !pending, start);
          push(false, in.since(start));
          return;
        }
        case ')' -> {
          checkFlags(negative && !pending, start);
          out.append(in.since(start));
          return;
        }
        default -> throw unsupported(start);
      }
    }
  }

  private void checkFlags(boolean missing, int start) {
    if (missing) {
      throw unsupported(start);
    }
  }

  private PatternSyntaxException unsupported(int start) {
    return mistake("invalid or unsupported Perl syntax", in.since(start));
  }

  private void escape() {
    int start = in.position();
    if (in.take("\\A") || in.take("\\b") || in.take("\\B") || in.take("\\z")) {
      add(PatternPart.ONE, in.since(start));
    } else if (in.take("\\C")) {
      throw mistake("invalid escape sequence", in.since(start));
    } else if (in.take("\\Q")) {
      quoted();
    } else if (classes.isUnicode()) {
      add(PatternPart.ONE, "[" + classes.unicode() + "]");
    } else if (classes.perl()) {
      add(PatternPart.ONE, in.since(start));
    } else {
      classes.escape();
      add(PatternPart.LITERAL, in.since(start));
    }
  }

  private void quoted() {
    while (!in.atEnd() && !in.take("\\E")) {
      String character = Character.toString(in.next());
      add(PatternPart.LITERAL, Pattern.quote(character));
    }
  }

  /** Reads <code>{2,5}</code>; a brace that starts no repetition stands for itself. */
  private boolean braces() {
    int start = in.position();
    in.next();
    int min = number();
    int max = min;
    if (min != NO_NUMBER && in.take(",")) {
      max = in.peek() == '}' ? PatternPart.UNLIMITED : number();
    }
    if (min == NO_NUMBER || max == NO_NUMBER || !in.take("}")) {
      in.position(start + 1);
      add(PatternPart.LITERAL, "\\{");
      return false;
    }
    boolean reversed = max != PatternPart.UNLIMITED && min > max;
    if (min > MAX_REPEAT || max > MAX_REPEAT || reversed) {
      throw mistake("invalid repeat count", in.since(start));
    }
    return repeat(start, min, max, true);
  }

  /** Reads a number without leading zeros. */
  private int number() {
    int start = in.position();
    while (PatternScanner.isDigit(in.peek())) {
      in.next();
    }
    String digits = in.since(start);
    if (digits.isEmpty() || (digits.length() > 1 && digits.startsWith("0"))) {
      return NO_NUMBER;
    }
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  /** Repeats what was read last. */
  private boolean repeat(int start, int min, int max, boolean counted) {
    in.take("?");
    if (lastRepeat >= 0) {
      throw mistake("invalid nested repetition operator", in.since(lastRepeat));
    }
    List<PatternPart> sequence = current().sequence;
    if (sequence.isEmpty()) {
      throw mistake("missing argument to repetition operator", in.since(start));
    }
    PatternPart last = sequence.remove(sequence.size() - 1);
    PatternPart repeated = checked(counted ? last.repeated(min, max) : last.starred());
    if (counted && !repeated.repeatsWithin(MAX_REPEAT)) {
      throw mistake("invalid repeat count", in.since(start));
    }
    add(repeated, in.since(start));
    return true;
  }

  private PatternPart checked(PatternPart part) {
    if (part.height() > MAX_HEIGHT) {
      throw mistake("expression nests too deeply", in.from(0));
    }
    if (part.size() > MAX_SIZE) {
      throw mistake("expression too large", in.from(0));
    }
    return part;
  }
}
