// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** Checks string indexes of the wire against the table. */
final class StringIndex {
  private final Strings strings;

  StringIndex(Strings strings) {
    this.strings = strings;
  }

  Strings strings() {
    return strings;
  }

  /**
   * The row of an index.
   *
   * @throws ProfileFormatException if the table has no such row
   */
  int row(long index) throws ProfileFormatException {
    if (index < 0 || index >= strings.size()) {
      throw new ProfileFormatException(
          "malformed profile format: string index %d is outside the table of %d"
              .formatted(index, strings.size()));
    }
    return (int) index;
  }

  String get(long index) throws ProfileFormatException {
    return strings.get(row(index));
  }
}
