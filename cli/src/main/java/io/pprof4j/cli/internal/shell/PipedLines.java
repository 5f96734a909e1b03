// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import io.pprof4j.profile.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines from a pipe or file. Nothing is printed in between, so that the output is clean. */
public final class PipedLines implements LineSource {
  private final InputStream in;

  /** Lines of a file or a pipe. */
  public PipedLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  @Override
  public @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    byte[] bytes = line.toByteArray();
    return Utf8.decode(bytes, 0, bytes.length);
  }
}
