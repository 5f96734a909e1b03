// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;

/** Builds locations that keep some of the lines of others; the rows of locations stay. */
final class LineSelection {
  private final Locations source;
  private final IntColumn kept;
  private final int[] firstLine;
  private int location;

  LineSelection(Locations source) {
    this.source = source;
    kept = new IntColumn(source.line.length + 1);
    firstLine = new int[source.size() + 1];
  }

  /** Keeps lines {@code from} (inclusive) to {@code to} of the source's columns. */
  void keep(int from, int to) {
    for (int line = from; line < to; line++) {
      kept.add(line);
    }
  }

  /** How many lines of the current location were kept. */
  int keptLines() {
    return kept.size() - firstLine[location];
  }

  void endLocation() {
    firstLine[++location] = kept.size();
  }

  Locations build() {
    if (kept.size() == source.line.length) {
      return source;
    }
    Locations built = source.withLineCount(firstLine, kept.size());
    for (int at = 0; at < kept.size(); at++) {
      int line = kept.get(at);
      built.lineFunction[at] = source.lineFunction[line];
      built.line[at] = source.line[line];
      built.column[at] = source.column[line];
    }
    return built;
  }
}
