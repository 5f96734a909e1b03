// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.text.LineTooLongException;
import java.io.IOException;

/** Input that is not a valid profile: the message says what was found and what was expected. */
public sealed class ProfileFormatException extends IOException permits LineTooLongException {
  private static final long serialVersionUID = 1;

  private static final long UNKNOWN = -1;

  private final long offset;
  private final String detail;

  /** Describes malformed input whose place is not known or does not help. */
  public ProfileFormatException(String message) {
    this(message, UNKNOWN);
  }

  /**
   * Describes malformed input.
   *
   * @param message what was found and what was expected
   * @param offset the place, in bytes from the start of the uncompressed input; negative if unknown
   */
  public ProfileFormatException(String message, long offset) {
    this(message, offset, "");
  }

  /**
   * Describes malformed input under a message that others know, and more precisely.
   *
   * @param message what was found, in the words of pprof
   * @param offset the place, in bytes from the start of the uncompressed input; negative if unknown
   * @param detail what was found and what was expected; empty if the message says all
   */
  public ProfileFormatException(String message, long offset, String detail) {
    super(message);
    this.offset = offset;
    this.detail = detail;
  }

  /** What was found and what was expected, more precisely than the message; or empty. */
  public String detail() {
    return detail;
  }

  /** The place in bytes from the start of the uncompressed input, negative if unknown. */
  public long offset() {
    return offset;
  }
}
