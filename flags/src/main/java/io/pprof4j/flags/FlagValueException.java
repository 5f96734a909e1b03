// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

/**
 * A flag's value cannot be accepted. The parser wraps the message into Go's {@code invalid value
 * "x" for flag -f: message}.
 */
public final class FlagValueException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What Go says of text that is not a value of the flag's type. */
  static final String PARSE_ERROR = "parse error";

  /** What Go says of a number that does not fit the flag's type. */
  static final String RANGE_ERROR = "value out of range";

  private final String reason;

  /**
   * Makes the refusal of a value.
   *
   * @param reason why, for example {@code parse error}
   */
  public FlagValueException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** Why the value was refused. */
  public String reason() {
    return reason;
  }
}
