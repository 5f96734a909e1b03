// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** One frame of a location: a function and a place in its source (profile.proto, Line). */
public final class Line {
  private final Locations table;
  private final int row;

  Line(Locations table, int row) {
    this.table = table;
    this.row = row;
  }

  /** The function. */
  public Function function() {
    return table.functions.get(table.lineFunction[row]);
  }

  /** Line in the source, 0 if unknown. */
  public long line() {
    return table.line[row];
  }

  /** Column in the source, 0 if unknown. */
  public long column() {
    return table.column[row];
  }
}
