// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

/** The value of a label: text, or a number with a unit (profile.proto, Label). */
public sealed interface LabelValue {
  /**
   * A textual value.
   *
   * @param text the text, possibly empty
   */
  record Text(String text) implements LabelValue {
    /** Rejects null. */
    public Text {
      requireNonNull(text, "text");
    }
  }

  /**
   * A numeric value.
   *
   * @param number the number
   * @param unit its unit, empty when the profile gives none
   */
  @SuppressWarnings("AvoidCommonTypeNames") // always used qualified: LabelValue.Number
  record Number(long number, String unit) implements LabelValue {
    /** Rejects a null unit. */
    public Number {
      requireNonNull(unit, "unit");
    }
  }
}
