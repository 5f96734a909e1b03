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
   * @throws MalformedProtoException if the table has no such row
   */
  int row(long index) throws MalformedProtoException {
    if (index < 0 || index >= strings.size()) {
      throw new MalformedProtoException(
          "string index %d is outside the table of %d".formatted(index, strings.size()), -1);
    }
    return (int) index;
  }

  String get(long index) throws MalformedProtoException {
    return strings.get(row(index));
  }
}
