// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;

/** Inflates deflated data (RFC 1951) that is somewhere within an input. */
interface RawInflater {
  /** Begins anew where the input is. */
  void reset();

  /**
   * Inflates some bytes.
   *
   * @param length at least 1
   * @return how many; -1 at the end of the data, and the input is behind it
   * @throws ProfileFormatException if the data is corrupt or ends too early
   */
  int inflate(byte[] target, int from, int length) throws IOException;

  /** Frees what is not on the heap. */
  void close();
}
