// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates by the JDK's zlib. */
final class ZlibInflater implements RawInflater {
  private final CompressedInput input;
  private final Inflater inflater = new Inflater(true);

  ZlibInflater(CompressedInput input) {
    this.input = input;
  }

  @Override
  public void reset() {
    inflater.reset();
    inflater.setInput(input.bytes, input.at, input.left());
  }

  @Override
  public int inflate(byte[] target, int from, int length) throws IOException {
    int count = inflateInput(target, from, length);
    while (count == 0 && !inflater.finished()) {
      input.at = input.filled();
      if (!input.more()) {
        throw CompressedInput.truncated();
      }
      inflater.setInput(input.bytes, input.at, input.left());
      count = inflateInput(target, from, length);
    }
    if (count > 0) {
      return count;
    }
    input.at = input.filled() - inflater.getRemaining();
    return -1;
  }

  private int inflateInput(byte[] target, int from, int length) throws ProfileFormatException {
    try {
      return inflater.inflate(target, from, length);
    } catch (DataFormatException corrupt) {
      throw CompressedInput.corrupt(inflater.getBytesRead());
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
