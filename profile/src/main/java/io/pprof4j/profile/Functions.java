// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The table of functions. Rows are numbered from 0; row numbers are not wire ids. */
public final class Functions extends AbstractList<Function> implements RandomAccess {
  final Strings strings;
  final long[] id;
  final int[] name;
  final int[] systemName;
  final int[] filename;
  final long[] startLine;

  Functions(Strings strings, int size) {
    this(strings, new long[size], new int[size], new int[size], new int[size], new long[size]);
  }

  private Functions(
      Strings strings, long[] id, int[] name, int[] systemName, int[] filename, long[] startLine) {
    this.strings = strings;
    this.id = id;
    this.name = name;
    this.systemName = systemName;
    this.filename = filename;
    this.startLine = startLine;
  }

  /** The same functions under other names, given as rows of the same strings. */
  Functions withNames(int[] newName, int[] newSystemName, int[] newFilename) {
    return new Functions(strings, id, newName, newSystemName, newFilename, startLine);
  }

  @Override
  public int size() {
    return id.length;
  }

  @Override
  public Function get(int function) {
    java.util.Objects.checkIndex(function, id.length);
    return new Function(this, function);
  }

  /** Name of a row; cheaper than making a handle. */
  public String name(int function) {
    return strings.get(name[function]);
  }

  /** Whether a row's name is not its system name; cheaper than comparing the two. */
  public boolean isRenamed(int function) {
    return name[function] != systemName[function]
        && !strings.sameBytes(name[function], strings, systemName[function]);
  }

  /** File name of a row; cheaper than making a handle. */
  public String filename(int function) {
    return strings.get(filename[function]);
  }
}
