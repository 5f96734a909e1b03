// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.internal.Capacity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects bits, the lowest of a byte first, as deflate does (RFC 1951, 3.1.1). */
final class BitOutput {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  /** Bits that do not make a byte yet. */
  private long rest;

  private int restBits;

  BitOutput(int capacity) {
    bytes = new byte[capacity + Long.BYTES];
  }

  /** Makes room for that many bits, which all are written until the next call. */
  void reserve(long bits) {
    long needed = size + (bits >>> 3) + 2 * Long.BYTES;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Capacity.grow(bytes.length, needed));
    }
  }

  /** Appends up to 56 bits; those above {@code count} are 0. */
  void put(long bits, int count) {
    long all = rest | (bits << restBits);
    int allBits = restBits + count;
    LONGS.set(bytes, size, all);
    size += allBits >>> 3;
    rest = all >>> (allBits & ~7);
    restBits = allBits & 7;
  }

  /** Fills the last byte with zeros. */
  void align() {
    put(0, -restBits & 7);
  }

  /** Appends whole bytes, when there are no others. */
  void bytes(byte[] source, int from, int length) {
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
