// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps the first bytes that are read, so that they can be read as another format. */
final class RetainingInput extends InputStream {
  private static final int MAX_RETAINED = 1 << 20;

  private final InputStream in;
  private ByteArrayOutputStream retained = new ByteArrayOutputStream();
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
      if (retained.size() + read > MAX_RETAINED) {
        complete = false;
        retained = new ByteArrayOutputStream(0);
      } else {
        retained.write(target, from, read);
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
    in.transferTo(retained);
    return retained.toByteArray();
  }

  /** Reads to the end, for the errors that this may bring up. */
  void drain() throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (in.read(buffer, 0, buffer.length) >= 0) {
      // Nobody wants these bytes.
    }
  }
}
