// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** A binary, jar or other image that code was loaded from (profile.proto, Mapping). */
public final class Mapping {
  private final Mappings table;
  private final int row;

  Mapping(Mappings table, int row) {
    this.table = table;
    this.row = row;
  }

  /** Row in {@link Profile#mappings()}, from 0. */
  public int row() {
    return row;
  }

  /** Wire id: unique and not 0. */
  public long id() {
    return table.id[row];
  }

  /** Address of the first byte. */
  public long start() {
    return table.start[row];
  }

  /** Address after the last byte. */
  public long limit() {
    return table.limit[row];
  }

  /** Offset in the file of the first byte. */
  public long offset() {
    return table.offset[row];
  }

  /** The file, or a name such as {@code [vdso]}; empty if unknown. */
  public String filename() {
    return table.strings.get(table.filename[row]);
  }

  /** Identifies the build of the file; empty if unknown. */
  public String buildId() {
    return table.strings.get(table.buildId[row]);
  }

  /** Whether function names are resolved. */
  public boolean hasFunctions() {
    return has(Mappings.HAS_FUNCTIONS);
  }

  /** Whether file names are resolved. */
  public boolean hasFilenames() {
    return has(Mappings.HAS_FILENAMES);
  }

  /** Whether line numbers are resolved. */
  public boolean hasLineNumbers() {
    return has(Mappings.HAS_LINE_NUMBERS);
  }

  /** Whether inlined frames are resolved. */
  public boolean hasInlineFrames() {
    return has(Mappings.HAS_INLINE_FRAMES);
  }

  private boolean has(int flag) {
    return (table.flags[row] & flag) != 0;
  }
}
