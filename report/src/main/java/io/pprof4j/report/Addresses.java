// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.util.OptionalLong;

/** Addresses given where a regular expression may stand. */
final class Addresses {
  private Addresses() {}

  /** The unsigned number that a text is in Go's notation; empty if it is none. */
  static OptionalLong parse(String text) {
    int radix = radix(text);
    String digits =
        radix == 10 ? text : text.substring(text.length() > 1 && isLetter(text) ? 2 : 1);
    try {
      return digits.startsWith("+") || digits.startsWith("-")
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseUnsignedLong(digits, radix));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  private static boolean isLetter(String text) {
    return Character.isLetter(text.charAt(1));
  }

  private static int radix(String text) {
    if (text.length() < 2 || text.charAt(0) != '0') {
      return 10;
    }
    return switch (text.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }
}
