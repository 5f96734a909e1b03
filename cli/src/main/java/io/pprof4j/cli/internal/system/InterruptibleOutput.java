// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.system;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** A stream that takes nothing from threads that were interrupted. */
public final class InterruptibleOutput extends FilterOutputStream {
  /** Wraps an output. */
  public InterruptibleOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    check();
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check();
    out.write(bytes, offset, length);
  }

  private static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
