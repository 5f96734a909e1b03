// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/** A flag whose value is any text. */
public final class StringFlag extends Flag {
  private final String defaultValue;
  private String value;

  StringFlag(String name, String defaultValue, String usage) {
    super(name, usage);
    this.defaultValue = defaultValue;
    this.value = defaultValue;
  }

  /** The value given last, or the default. */
  public String value() {
    return value;
  }

  @Override
  String valueName() {
    return "string";
  }

  @Override
  String defaultText() {
    return defaultValue.isEmpty() ? "" : GoQuote.quote(defaultValue);
  }

  @Override
  void accept(String text) {
    value = text;
  }
}
