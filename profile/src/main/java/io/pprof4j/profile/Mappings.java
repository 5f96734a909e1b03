// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The table of mappings. Rows are numbered from 0; row numbers are not wire ids. */
public final class Mappings extends AbstractList<Mapping> implements RandomAccess {
  static final int HAS_FUNCTIONS = 1;
  static final int HAS_FILENAMES = 2;
  static final int HAS_LINE_NUMBERS = 4;
  static final int HAS_INLINE_FRAMES = 8;

  final Strings strings;
  final long[] id;
  final long[] start;
  final long[] limit;
  final long[] offset;
  final int[] filename;
  final int[] buildId;
  final byte[] flags;

  Mappings(Strings strings, int size) {
    this.strings = strings;
    id = new long[size];
    start = new long[size];
    limit = new long[size];
    offset = new long[size];
    filename = new int[size];
    buildId = new int[size];
    flags = new byte[size];
  }

  /** The same mappings with other flags. */
  Mappings withFlags(byte[] newFlags) {
    Mappings copy = new Mappings(strings, size());
    System.arraycopy(id, 0, copy.id, 0, size());
    System.arraycopy(start, 0, copy.start, 0, size());
    System.arraycopy(limit, 0, copy.limit, 0, size());
    System.arraycopy(offset, 0, copy.offset, 0, size());
    System.arraycopy(filename, 0, copy.filename, 0, size());
    System.arraycopy(buildId, 0, copy.buildId, 0, size());
    System.arraycopy(newFlags, 0, copy.flags, 0, size());
    return copy;
  }

  @Override
  public int size() {
    return id.length;
  }

  @Override
  public Mapping get(int mapping) {
    java.util.Objects.checkIndex(mapping, id.length);
    return new Mapping(this, mapping);
  }

  /** File name of a row, empty if unknown; cheaper than making a handle. */
  public String filename(int mapping) {
    return strings.get(filename[mapping]);
  }
}
