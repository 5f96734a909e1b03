// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * A flag whose value is a whole number of 64 bits, in Go's syntax: decimal, {@code 0x}, {@code 0o},
 * {@code 0b}, leading {@code 0} for octal, underscores between digits.
 */
public final class IntFlag extends Flag {
  private final long min;
  private final long max;
  private final long defaultValue;
  private long value;

  IntFlag(String name, long defaultValue, long min, long max, String usage) {
    super(name, usage);
    this.min = min;
    this.max = max;
    this.defaultValue = defaultValue;
    this.value = defaultValue;
  }

  /** The value given last, or the default. */
  public long value() {
    return value;
  }

  /**
   * The value as an {@code int}.
   *
   * @throws ArithmeticException if it does not fit, which cannot be for a flag made by {@link
   *     FlagSet#int32}
   */
  public int intValue() {
    return Math.toIntExact(value);
  }

  @Override
  String valueName() {
    return "int";
  }

  @Override
  String defaultText() {
    return defaultValue == 0 ? "" : Long.toString(defaultValue);
  }

  @Override
  void accept(String text) throws FlagValueException {
    long number = GoNumbers.parseInt(text);
    if (number < min || number > max) {
      throw new FlagValueException(FlagValueException.RANGE_ERROR);
    }
    value = number;
  }
}
