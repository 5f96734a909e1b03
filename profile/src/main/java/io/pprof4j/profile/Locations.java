// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The table of locations and of their lines. Rows are numbered from 0; row numbers are not wire
 * ids.
 *
 * <p>The lines of location {@code l} are numbered from 0: line 0 is the innermost, inlined frame
 * and the last line is the frame that the others were inlined into.
 */
public final class Locations extends AbstractList<Location> implements RandomAccess {
  /** {@link #mapping(int)} of a location without a mapping. */
  public static final int NO_MAPPING = -1;

  final long[] id;
  final int[] mapping;
  final long[] address;
  final boolean[] folded;

  /** Lines of location l are firstLine[l] .. firstLine[l + 1] - 1 of the three columns below. */
  final int[] firstLine;

  final int[] lineFunction;
  final long[] line;
  final long[] column;
  final Mappings mappings;
  final Functions functions;

  Locations(Mappings mappings, Functions functions, int size, int lines) {
    this.mappings = mappings;
    this.functions = functions;
    id = new long[size];
    mapping = new int[size];
    address = new long[size];
    folded = new boolean[size];
    firstLine = new int[size + 1];
    lineFunction = new int[lines];
    line = new long[lines];
    column = new long[lines];
  }

  /** Columns with one row per location. */
  @SuppressWarnings("ArrayRecordComponent") // carries columns to the constructor, never compared
  record Columns(long[] id, int[] mapping, long[] address, boolean[] folded) {}

  /** The columns of the lines. */
  @SuppressWarnings("ArrayRecordComponent") // carries columns to the constructor, never compared
  record LineColumns(int[] firstLine, int[] function, long[] line, long[] column) {}

  /** A table that shares its columns with others. */
  Locations(Mappings mappings, Functions functions, Columns columns, LineColumns lines) {
    this.mappings = mappings;
    this.functions = functions;
    id = columns.id;
    mapping = columns.mapping;
    address = columns.address;
    folded = columns.folded;
    firstLine = lines.firstLine;
    lineFunction = lines.function;
    line = lines.line;
    column = lines.column;
  }

  /** The same locations with room for other lines. */
  Locations withLineCount(int[] newFirstLine, int lines) {
    return new Locations(
        mappings,
        functions,
        new Columns(id, mapping, address, folded),
        new LineColumns(newFirstLine, new int[lines], new long[lines], new long[lines]));
  }

  @Override
  public int size() {
    return id.length;
  }

  @Override
  public Location get(int location) {
    java.util.Objects.checkIndex(location, id.length);
    return new Location(this, location);
  }

  /** Wire id of a row. */
  public long id(int location) {
    return id[location];
  }

  /** Row in the table of mappings, or {@link #NO_MAPPING}. */
  public int mapping(int location) {
    return mapping[location];
  }

  /** Instruction address, 0 if unknown. */
  public long address(int location) {
    return address[location];
  }

  /** Whether identical code folding makes the lines ambiguous. */
  public boolean folded(int location) {
    return folded[location];
  }

  /** How many frames the location stands for; 0 when it is not symbolized. */
  public int lineCount(int location) {
    return firstLine[location + 1] - firstLine[location];
  }

  /** Function row of a line; line 0 is the innermost. */
  public int function(int location, int line) {
    return lineFunction[firstLine[location] + line];
  }

  /** Source line of a line, 0 if unknown. */
  public long line(int location, int line) {
    return this.line[firstLine[location] + line];
  }

  /** Source column of a line, 0 if unknown. */
  public long column(int location, int line) {
    return column[firstLine[location] + line];
  }
}
