// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * A flag whose text a program reads by itself.
 *
 * @param <T> the type of its value
 */
public final class CustomFlag<T> extends Flag {
  private final String defaultText;
  private final FlagParser<T> parser;
  private T value;

  CustomFlag(String name, T defaultValue, String defaultText, FlagParser<T> parser, String usage) {
    super(name, usage);
    this.defaultText = defaultText;
    this.parser = parser;
    this.value = defaultValue;
  }

  /** The value given last, or the default. */
  public T value() {
    return value;
  }

  @Override
  String valueName() {
    return "value";
  }

  @Override
  String defaultText() {
    return defaultText;
  }

  @Override
  void accept(String text) throws FlagValueException {
    value = parser.parse(text);
  }
}
