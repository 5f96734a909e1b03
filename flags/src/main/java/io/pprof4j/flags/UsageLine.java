// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/** Lays out one flag of the usage text as Go's {@code flag.PrintDefaults} does. */
final class UsageLine {
  private UsageLine() {}

  static String of(Flag flag) {
    StringBuilder line = new StringBuilder("  -").append(flag.name());
    String value = valueName(flag);
    if (!value.isEmpty()) {
      line.append(' ').append(value);
    }
    // A bool flag of one letter has its help text on the same line. Four blanks before the tab
    // align it with tab stops of 4 and of 8.
    line.append(line.length() <= 4 ? "\t" : "\n    \t");
    line.append(unquoted(flag.usage()).replace("\n", "\n    \t"));
    if (!flag.defaultText().isEmpty()) {
      line.append(" (default ").append(flag.defaultText()).append(')');
    }
    return line.append('\n').toString();
  }

  static String valueName(Flag flag) {
    String usage = flag.usage();
    int open = usage.indexOf('`');
    int close = open < 0 ? -1 : usage.indexOf('`', open + 1);
    return close < 0 ? flag.valueName() : usage.substring(open + 1, close);
  }

  private static String unquoted(String usage) {
    int open = usage.indexOf('`');
    int close = open < 0 ? -1 : usage.indexOf('`', open + 1);
    return close < 0
        ? usage
        : usage.substring(0, open) + usage.substring(open + 1, close) + usage.substring(close + 1);
  }
}
