// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The string table: UTF-8 bytes and offsets, decoded on demand. Row 0 is the empty string. */
final class Strings {
  private final byte[] utf8;
  private final int[] offset;
  private final @Nullable String[] decoded;

  Strings(byte[] utf8, int[] offset) {
    this.utf8 = utf8;
    this.offset = offset;
    this.decoded = new String[offset.length - 1];
  }

  int size() {
    return decoded.length;
  }

  /** Decodes at first use; races only decode twice. */
  String get(int row) {
    String text = decoded[row];
    if (text == null) {
      text = Utf8.decode(utf8, offset[row], offset[row + 1] - offset[row]);
      decoded[row] = text;
    }
    return text;
  }

  int byteLength(int row) {
    return offset[row + 1] - offset[row];
  }

  boolean isEmpty(int row) {
    return offset[row] == offset[row + 1];
  }

  int hash(int row) {
    int hash = 1;
    for (int at = offset[row]; at < offset[row + 1]; at++) {
      hash = 31 * hash + utf8[at];
    }
    return hash;
  }

  boolean sameBytes(int row, Strings other, int otherRow) {
    return Arrays.equals(
        utf8,
        offset[row],
        offset[row + 1],
        other.utf8,
        other.offset[otherRow],
        other.offset[otherRow + 1]);
  }

  /** Order of the bytes, which is the order of code points. */
  int compare(int row, int other) {
    return Arrays.compareUnsigned(
        utf8, offset[row], offset[row + 1], utf8, offset[other], offset[other + 1]);
  }

  /** Appends the bytes of a row. */
  void copyTo(int row, StringsBuilder target) {
    target.append(utf8, offset[row], byteLength(row));
  }

  /** Interns the bytes of a row. */
  int internInto(StringsBuilder target, int row) {
    return target.intern(utf8, offset[row], byteLength(row));
  }

  void writeTo(int row, ProtoOutput out) {
    out.bytes(utf8, offset[row], byteLength(row));
  }
}
