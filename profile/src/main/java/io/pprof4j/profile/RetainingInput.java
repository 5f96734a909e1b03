// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps the first bytes that are read, so that they can be read as another format. */
final class RetainingInput extends InputStream {
  private static final int MAX_RETAINED = 1 << 20;

  private final InputStream in;

  /** In parts as they came, since nearly always nobody asks for them. */
  private List<byte[]> retained = new ArrayList<>();

  private int size;
  private boolean complete = true;

  RetainingInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int read = in.read(target, from, length);
    if (complete && read > 0) {
      size += read;
      if (size > MAX_RETAINED) {
        complete = false;
        retained = List.of();
      } else {
        retained.add(Arrays.copyOfRange(target, from, from + read));
      }
    }
    return read;
  }

  /** Whether all bytes that were read are still here. */
  boolean isComplete() {
    return complete;
  }

  /** All bytes of the input, those that were read before included. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    for (byte[] part : retained) {
      all.write(part, 0, part.length);
    }
    in.transferTo(all);
    return all.toByteArray();
  }

  /** Reads to the end, for the errors that this may bring up. */
  void drain() throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (in.read(buffer, 0, buffer.length) >= 0) {
      // Nobody wants these bytes.
    }
  }
}
