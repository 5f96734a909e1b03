// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Builds protobuf messages in memory. Fields equal to the default are left out by the callers. */
final class ProtoOutput {
  private static final int MAX_VARINT = 10;

  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  void varint(long value) {
    reserve(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes the numbers at {@code rows} of a table: the long lists of a profile, without calls. */
  void varints(VarintTable table, int[] rows, int count) {
    reserve(Math.multiplyExact(MAX_VARINT, count));
    size = table.write(rows, count, bytes, size);
  }

  void field(int number, long value) {
    varint((long) number << 3);
    varint(value);
  }

  /** Writes a field of eight bytes unless it is 0, the default. */
  void fixed64(int number, long value) {
    if (value == 0) {
      return;
    }
    varint((long) number << 3 | ProtoInput.FIXED64);
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** Writes a varint field unless it is 0, the default. */
  void optional(int number, long value) {
    if (value != 0) {
      field(number, value);
    }
  }

  void length(int number, int length) {
    varint((long) number << 3 | ProtoInput.BYTES);
    varint(length);
  }

  void bytes(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** Writes a nested message; {@code message} is cleared for its next use. */
  void message(int number, ProtoOutput message) {
    length(number, message.size);
    bytes(message.bytes, 0, message.size);
    message.clear();
  }

  /** Appends the fields of another message to this one. */
  void append(ProtoOutput other) {
    bytes(other.bytes, 0, other.size);
  }

  private void reserve(int more) {
    if (size + (long) more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Capacity.grow(bytes.length, size + (long) more));
    }
  }
}
