// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines whose cells, each ended by a tab, stand right-aligned below each other; as Go's tabwriter
 * with AlignRight and a padding of one. A column is a run of adjacent lines that have a cell there;
 * each run has its own width.
 */
public final class TabTable {
  private final List<List<String>> lines = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();
  private final List<Integer> widths = new ArrayList<>();

  /** Adds a line, or several if the text has line breaks; the text after the last tab is free. */
  public void line(String text) {
    for (String line : split(text, '\n', '\f')) {
      lines.add(split(line, '\t', '\u000B'));
    }
  }

  /** The texts between two separators; an expression for String.split is compiled for each text. */
  private static List<String> split(String text, char separator, char other) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == separator || text.charAt(at) == other) {
        parts.add(text.substring(from, at));
        from = at + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** All lines, each with a line end. */
  public String format() {
    format(0, lines.size());
    return out.toString();
  }

  private void format(int from, int to) {
    int column = widths.size();
    int pending = from;
    for (int line = from; line < to; line++) {
      if (!hasCell(line, column)) {
        continue;
      }
      write(pending, line);
      int end = line;
      int width = 0;
      while (end < to && hasCell(end, column)) {
        String cell = lines.get(end).get(column);
        width = Math.max(width, length(cell) + 1);
        end++;
      }
      widths.add(width);
      format(line, end);
      widths.remove(/* index */ column);
      pending = end;
      line = end;
    }
    write(pending, to);
  }

  private boolean hasCell(int line, int column) {
    return column < lines.get(line).size() - 1;
  }

  private void write(int from, int to) {
    for (int line = from; line < to; line++) {
      List<String> cells = lines.get(line);
      for (int column = 0; column < cells.size(); column++) {
        int width = column < widths.size() ? widths.get(column) : 0;
        out.append(" ".repeat(Math.max(0, width - length(cells.get(column)))));
        out.append(cells.get(column));
      }
      out.append('\n');
    }
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
