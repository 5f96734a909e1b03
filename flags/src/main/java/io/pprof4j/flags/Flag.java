// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * One flag of a {@link FlagSet}: its name, its documentation and its value. A flag is filled by one
 * thread while the set parses, and only read afterwards.
 */
public abstract class Flag {
  private final String name;
  private final String usage;
  private boolean set;

  Flag(String name, String usage) {
    this.name = name;
    this.usage = usage;
  }

  /** The name as typed, without the dash. */
  public final String name() {
    return name;
  }

  /** The help text; a name between back quotes stands for the value, as in Go. */
  public final String usage() {
    return usage;
  }

  /** Whether the command line (or {@link FlagSet#set}) gave this flag a value. */
  public final boolean isSet() {
    return set;
  }

  /** Whether the flag may stand alone, without a value. */
  boolean isBool() {
    return false;
  }

  /** The word that stands for the value in usage text; empty for bool flags. */
  abstract String valueName();

  /** The default value in usage text, quoted where Go quotes it; empty if it is the zero value. */
  abstract String defaultText();

  /** Takes the value. */
  abstract void accept(String text) throws FlagValueException;

  final void assign(String text) throws FlagValueException {
    accept(text);
    set = true;
  }
}
