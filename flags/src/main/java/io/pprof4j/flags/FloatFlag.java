// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/** A flag whose value is a floating-point number in Go's syntax. */
public final class FloatFlag extends Flag {
  private final double defaultValue;
  private double value;

  FloatFlag(String name, double defaultValue, String usage) {
    super(name, usage);
    this.defaultValue = defaultValue;
    this.value = defaultValue;
  }

  /** The value given last, or the default. */
  public double value() {
    return value;
  }

  @Override
  String valueName() {
    return "float";
  }

  @Override
  String defaultText() {
    return defaultValue == 0 ? "" : GoNumbers.formatFloat(defaultValue);
  }

  @Override
  void accept(String text) throws FlagValueException {
    value = GoNumbers.parseFloat(text);
  }
}
