// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Recognises the format of an input by its first bytes. */
final class ProfileFormats {
  private static final int BUFFER = 1 << 16;

  private ProfileFormats() {}

  static Profile read(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    if (!gzip) {
      return ProtoReader.read(buffered);
    }
    try {
      return ProtoReader.read(new GZIPInputStream(buffered, BUFFER));
    } catch (EOFException truncated) {
      throw new ProfileFormatException("decompressing profile: unexpected EOF");
    } catch (ZipException corrupt) {
      throw new ProfileFormatException("decompressing profile: gzip: " + corrupt.getMessage());
    }
  }
}
