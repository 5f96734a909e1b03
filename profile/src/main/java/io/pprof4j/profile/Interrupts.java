// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.util.concurrent.CancellationException;

/**
 * Lets somebody end a long computation by interrupting its thread: Ctrl-C in the shell. Loops over
 * samples and stacks call it once a turn; it looks at the thread at every 1024th.
 */
public final class Interrupts {
  private static final int MASK = (1 << 10) - 1;

  private Interrupts() {}

  /**
   * Goes on, unless the thread was interrupted; it stays so.
   *
   * @param turn number of the loop's turn, from 0
   * @throws CancellationException if the thread was interrupted
   */
  public static void check(int turn) {
    check(Thread.currentThread(), turn);
  }

  /**
   * Goes on, unless another thread was interrupted: the one that waits for what this one computes.
   *
   * @param asker the thread that waits
   * @param turn number of the loop's turn, from 0
   * @throws CancellationException if that thread was interrupted
   */
  public static void check(Thread asker, int turn) {
    if ((turn & MASK) == 0 && asker.isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
