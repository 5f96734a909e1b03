// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;

/** Takes bits from a compressed input, the lowest of each byte first. */
final class BitInput {
  private final CompressedInput input;

  /** Where the data begin. */
  private long start;

  /** Bits that were taken from the input and not yet asked for, the next one lowest. */
  long bits;

  int count;

  BitInput(CompressedInput input) {
    this.input = input;
  }

  /** Begins with the next byte. */
  void reset() {
    start = input.position();
    bits = 0;
    count = 0;
  }

  /** Takes up to 16 bits, the first one lowest. */
  int take(int wanted) throws IOException {
    while (count < wanted) {
      load();
    }
    return drop(wanted);
  }

  /**
   * Takes a code.
   *
   * @param table one without codes beyond its root
   * @return its value
   */
  int take(DecodeTable table) throws IOException {
    while (count < table.root && input.hasNext()) {
      load();
    }
    int entry = table.entries()[(int) bits & ((1 << table.root) - 1)];
    if ((entry & DecodeTable.SPECIAL) != 0) {
      throw corrupt();
    }
    int length = DecodeTable.codeLength(entry);
    if (length > count) {
      throw CompressedInput.truncated();
    }
    drop(length);
    return DecodeTable.value(entry);
  }

  private void load() throws IOException {
    bits |= (long) input.next() << count;
    count += Byte.SIZE;
  }

  private int drop(int taken) {
    int value = (int) bits & ((1 << taken) - 1);
    bits >>>= taken;
    count -= taken;
    return value;
  }

  /** Leaves whole bytes to the input again. */
  void giveBack() {
    input.at -= count >>> 3;
    count &= Byte.SIZE - 1;
    bits &= (1L << count) - 1;
  }

  /** Passes over the bits up to the next byte. */
  void skipToByte() {
    giveBack();
    bits = 0;
    count = 0;
  }

  ProfileFormatException corrupt() {
    return CompressedInput.corrupt(input.position() - (count >>> 3) - start);
  }
}
