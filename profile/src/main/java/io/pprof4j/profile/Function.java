// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** A function or method (profile.proto, Function). */
public final class Function {
  private final Functions table;
  private final int row;

  Function(Functions table, int row) {
    this.table = table;
    this.row = row;
  }

  /** Row in {@link Profile#functions()}, from 0. */
  public int row() {
    return row;
  }

  /** Wire id: unique and not 0. */
  public long id() {
    return table.id[row];
  }

  /** Name for people: {@code com.acme.Shop.sell}. */
  public String name() {
    return table.strings.get(table.name[row]);
  }

  /** Name for the system: {@code com/acme/Shop.sell(I)V}, a mangled name, or empty. */
  public String systemName() {
    return table.strings.get(table.systemName[row]);
  }

  /** Source file, {@code com/acme/Shop.java}; empty if unknown. */
  public String filename() {
    return table.strings.get(table.filename[row]);
  }

  /** Line of the declaration, 0 if unknown. */
  public long startLine() {
    return table.startLine[row];
  }
}
