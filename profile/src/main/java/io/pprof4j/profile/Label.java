// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

/**
 * A key and a value attached to a sample (profile.proto, Label). A key may repeat within a sample.
 *
 * @param key the key
 * @param value its value
 */
public record Label(String key, LabelValue value) {
  /** Rejects null parts. */
  public Label {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
  }

  /** A textual label. */
  public static Label of(String key, String text) {
    return new Label(key, new LabelValue.Text(text));
  }

  /** A numeric label; {@code unit} is empty when it has none. */
  public static Label of(String key, long number, String unit) {
    return new Label(key, new LabelValue.Number(number, unit));
  }
}
