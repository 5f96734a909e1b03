// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;

/** Input that is not a valid profile: the message says what was found and what was expected. */
public final class ProfileFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private static final long UNKNOWN = -1;

  private final long offset;

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
    super(message);
    this.offset = offset;
  }

  /** The place in bytes from the start of the uncompressed input, negative if unknown. */
  public long offset() {
    return offset;
  }
}
