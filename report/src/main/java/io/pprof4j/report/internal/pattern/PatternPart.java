// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * What must be known of a part of a regular expression to limit what it costs.
 *
 * @param height how deep its parts nest
 * @param size how many instructions it takes
 * @param repeats the repetitions by numbers in it that are in no other one
 * @param literal whether it is one of several characters of a text
 */
record PatternPart(int height, long size, List<Repeat> repeats, boolean literal) {
  /** A single character, class or assertion. */
  static final PatternPart ONE = new PatternPart(1, 1, List.of(), false);

  /** A character that stands for itself; neighbours make one text. */
  static final PatternPart LITERAL = new PatternPart(1, 1, List.of(), true);

  /** A maximum that is none. */
  static final int UNLIMITED = -1;

  private static final long HUGE = 1L << 40;

  /** A part that is repeated. */
  record Repeat(int min, int max, PatternPart part) {
    private boolean within(int limit) {
      int times = max == UNLIMITED ? min : max;
      return times <= limit && (times == 0 || part.repeatsWithin(limit / times));
    }
  }

  /** Whether no innermost part is repeated more often, repetitions around it multiplied. */
  boolean repeatsWithin(int limit) {
    return repeats.stream().allMatch(repeat -> repeat.within(limit));
  }

  PatternPart captured() {
    return new PatternPart(height + 1, size + 2, repeats, false);
  }

  /** The part followed by an asterisk or the like. */
  PatternPart starred() {
    return new PatternPart(height + 1, size + 2, repeats, false);
  }

  PatternPart repeated(int min, int max) {
    long copies = max == UNLIMITED ? 1 + min * size : max * size + (max - min);
    return new PatternPart(
        height + 1,
        Math.min(Math.max(copies, 1), HUGE),
        List.of(new Repeat(min, max, this)),
        false);
  }

  /** Parts one after the other. */
  static PatternPart sequence(List<PatternPart> parts) {
    return parts.stream().allMatch(PatternPart::literal)
        ? new PatternPart(1, Math.max(parts.size(), 1), List.of(), parts.size() == 1)
        : together(parts, 0);
  }

  /** Parts of which one is taken. */
  static PatternPart alternatives(List<PatternPart> parts) {
    return together(parts, parts.size() - 1);
  }

  private static PatternPart together(List<PatternPart> parts, long more) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int height = 0;
    long size = more;
    List<Repeat> repeats = new ArrayList<>();
    for (PatternPart part : parts) {
      height = Math.max(height, part.height);
      size = Math.min(size + part.size, HUGE);
      repeats.addAll(part.repeats);
    }
    return new PatternPart(height + 1, size, repeats, false);
  }
}
