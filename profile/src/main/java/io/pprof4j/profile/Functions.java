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
    this.strings = strings;
    id = new long[size];
    name = new int[size];
    systemName = new int[size];
    filename = new int[size];
    startLine = new long[size];
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

  /** File name of a row; cheaper than making a handle. */
  public String filename(int function) {
    return strings.get(filename[function]);
  }
}
