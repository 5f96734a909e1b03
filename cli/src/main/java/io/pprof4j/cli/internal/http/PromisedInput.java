// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer that fails where it ends before its promised length, which JDK 17 does not notice. */
final class PromisedInput extends FilterInputStream {
  private final long promised;
  private long read;

  /**
   * An answer.
   *
   * @param promised its length in bytes, or a negative number if none was promised
   */
  PromisedInput(InputStream answer, long promised) {
    super(answer);
    this.promised = promised;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? -1 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(count);
    return count;
  }

  private void count(int bytes) throws EOFException {
    if (bytes >= 0) {
      read += bytes;
    } else if (read < promised) {
      throw new EOFException("unexpected EOF");
    }
  }
}
