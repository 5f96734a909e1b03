// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import java.util.OptionalLong;

/** Addresses given where a regular expression may stand. */
public final class Addresses {
  /** Digits, between which one underscore may stand, also behind a prefix. */
  private static final String NUMBER = "(0[xXoObB]_?)?[0-9a-fA-F]+(_[0-9a-fA-F]+)*";

  private Addresses() {}

  /** The unsigned number that a text is in Go's notation; empty if it is none. */
  static OptionalLong parse(String text) {
    if (!text.matches(NUMBER)) {
      return OptionalLong.empty();
    }
    String plain = text.replace("_", "");
    int radix = radix(plain);
    String digits = radix == 10 ? plain : plain.substring(hasLetter(plain) ? 2 : 1);
    try {
      return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  /** Whether a letter tells the base, and not the zero alone. */
  private static boolean hasLetter(String text) {
    return "xXoObB".indexOf(text.charAt(1)) >= 0;
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
