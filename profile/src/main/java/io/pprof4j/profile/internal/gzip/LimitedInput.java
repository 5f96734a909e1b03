// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ReadLimits;
import java.io.IOException;
import java.io.InputStream;

/** Input that is not compressed, up to a limit. */
public final class LimitedInput extends InputStream {
  private final InputStream in;
  private final ReadLimits limits;
  private long read;

  /** Passes on what the limits allow of an input. */
  public LimitedInput(InputStream in, ReadLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int count = in.read(target, from, length);
    read += Math.max(count, 0);
    if (read > limits.maxBytes()) {
      throw tooLarge(limits);
    }
    return count;
  }

  static ProfileFormatException tooLarge(ReadLimits limits) {
    return new ProfileFormatException(
        "parsing profile: more than the %d bytes that the limits allow"
            .formatted(limits.maxBytes()),
        limits.maxBytes());
  }
}
