// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/** A place in code: an address, or the frames it stands for (profile.proto, Location). */
public final class Location {
  private final Locations table;
  private final int row;

  Location(Locations table, int row) {
    this.table = table;
    this.row = row;
  }

  /** Row in {@link Profile#locations()}, from 0. */
  public int row() {
    return row;
  }

  /** Wire id: unique and not 0. */
  public long id() {
    return table.id[row];
  }

  /** The image the code belongs to. */
  public Optional<Mapping> mapping() {
    int mapping = table.mapping[row];
    return mapping == Locations.NO_MAPPING
        ? Optional.empty()
        : Optional.of(table.mappings.get(mapping));
  }

  /** Instruction address, 0 if unknown. */
  public long address() {
    return table.address[row];
  }

  /** Whether identical code folding makes the lines ambiguous. */
  public boolean folded() {
    return table.folded[row];
  }

  /** The frames, innermost (inlined) first; empty when the location is not symbolized. */
  public List<Line> lines() {
    return new AbstractList<>() {
      @Override
      public int size() {
        return table.lineCount(row);
      }

      @Override
      public Line get(int line) {
        java.util.Objects.checkIndex(line, size());
        return new Line(table, table.firstLine[row] + line);
      }
    };
  }
}
