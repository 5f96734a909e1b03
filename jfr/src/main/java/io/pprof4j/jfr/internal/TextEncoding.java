// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

/** How texts are encoded: the first byte of each. */
final class TextEncoding {
  static final byte NULL = 0;
  static final byte EMPTY = 1;

  /** The id of a constant of type {@code java.lang.String}. */
  static final byte CONSTANT = 2;

  static final byte UTF8 = 3;

  /** UTF-16 units as numbers. */
  static final byte CHARS = 4;

  static final byte LATIN1 = 5;

  private TextEncoding() {}
}
