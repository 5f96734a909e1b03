// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.text;

import io.pprof4j.profile.ProfileFormatException;

/** Text with a line that none of the legacy formats has; others may have it. */
public final class LineTooLongException extends ProfileFormatException {
  private static final long serialVersionUID = 1;

  LineTooLongException(long offset) {
    super("parsing profile: bufio.Scanner: token too long", offset);
  }
}
