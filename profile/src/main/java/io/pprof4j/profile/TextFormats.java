// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.legacy.Legacy;
import io.pprof4j.profile.internal.text.CollapsedText;
import io.pprof4j.profile.internal.text.LineTooLongException;
import io.pprof4j.profile.internal.text.Speedscope;
import java.util.Optional;

/** The formats that are read as a whole. */
final class TextFormats {
  private TextFormats() {}

  /** The profile; empty if no format is recognised. */
  static Optional<Profile> read(byte[] bytes) throws ProfileFormatException {
    // Begins with a brace, as none of the others does.
    Optional<Profile> speedscope = Speedscope.read(bytes);
    if (speedscope.isPresent()) {
      return speedscope;
    }
    try {
      Optional<Profile> legacy = Optional.ofNullable(Legacy.read(bytes));
      return legacy.isPresent() ? legacy : CollapsedText.read(bytes);
    } catch (LineTooLongException tooLong) {
      Optional<Profile> collapsed = CollapsedText.read(bytes);
      if (collapsed.isPresent()) {
        return collapsed;
      }
      throw tooLong;
    }
  }
}
