// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

/** Shows where two texts part, short enough to be read in a test report. */
final class Difference {
  private static final int SHOWN_LINES = 4;

  private Difference() {}

  static String describe(String expected, String actual) {
    String[] wanted = expected.split("\n", -1);
    String[] found = actual.split("\n", -1);
    int line = 0;
    while (line < wanted.length && line < found.length && wanted[line].equals(found[line])) {
      line++;
    }
    return "differs from line "
        + (line + 1)
        + "\n expected ("
        + wanted.length
        + " lines):\n"
        + excerpt(wanted, line)
        + " actual ("
        + found.length
        + " lines):\n"
        + excerpt(found, line);
  }

  private static String excerpt(String[] lines, int from) {
    StringBuilder text = new StringBuilder();
    for (int line = from; line < Math.min(lines.length, from + SHOWN_LINES); line++) {
      String shown = lines[line].length() > 300 ? lines[line].substring(0, 300) : lines[line];
      text.append("  | ").append(shown).append('\n');
    }
    return text.toString();
  }
}
