// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Optional;

/** The formats that are read as a whole. */
final class TextFormats {
  private TextFormats() {}

  /** The profile; empty if no format is recognised. */
  static Optional<Profile> read(byte[] bytes) throws ProfileFormatException {
    Optional<Profile> legacy = Optional.ofNullable(Legacy.read(bytes));
    if (legacy.isPresent()) {
      return legacy;
    }
    Optional<Profile> speedscope = Speedscope.read(bytes);
    return speedscope.isPresent() ? speedscope : CollapsedText.read(bytes);
  }
}
