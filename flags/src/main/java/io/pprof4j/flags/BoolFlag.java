// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/** A flag that is on or off: {@code -f}, {@code -f=true}, {@code -f=false}. */
public final class BoolFlag extends Flag {
  private final boolean defaultValue;
  private boolean value;

  BoolFlag(String name, boolean defaultValue, String usage) {
    super(name, usage);
    this.defaultValue = defaultValue;
    this.value = defaultValue;
  }

  /** The value given, or the default. */
  public boolean value() {
    return value;
  }

  @Override
  boolean isBool() {
    return true;
  }

  @Override
  String valueName() {
    return "";
  }

  @Override
  String defaultText() {
    return defaultValue ? "true" : "";
  }

  @Override
  void accept(String text) throws FlagValueException {
    switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> value = true;
      case "0", "f", "F", "false", "FALSE", "False" -> value = false;
      default -> throw new FlagValueException(FlagValueException.PARSE_ERROR);
    }
  }
}
