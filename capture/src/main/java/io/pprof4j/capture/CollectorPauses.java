// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.Arrays;

/**
 * The pauses of the garbage collectors since the native library was loaded, for the {@code PauseNs}
 * ring of Go's {@code runtime.MemStats}: pause {@code n} (from 1) is at {@code (n + 255) % 256}.
 */
public final class CollectorPauses {
  /** How many pauses are remembered. */
  public static final int RING = 256;

  private final long[] answer;

  /** The library's answer: count, total, then the lengths and the ends of the last pauses. */
  CollectorPauses(long[] answer) {
    this.answer = answer;
  }

  /** How many there were. */
  public long count() {
    return answer[0];
  }

  /** How long all were together, in nanoseconds. */
  public long totalNanos() {
    return answer[1];
  }

  /** The lengths of the last pauses in nanoseconds, as a ring. */
  public long[] nanos() {
    return Arrays.copyOfRange(answer, 2, 2 + RING);
  }

  /** When these ended, in nanoseconds since 1970, as a ring. */
  public long[] ends() {
    return Arrays.copyOfRange(answer, 2 + RING, 2 + 2 * RING);
  }
}
