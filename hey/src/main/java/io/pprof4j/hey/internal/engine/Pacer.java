// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/** Decides when workers send their requests. Used by its loop's thread only. */
interface Pacer {
  /** No request is waiting for its time. */
  long NEVER = Long.MAX_VALUE;

  /** A worker has nothing to do: it gets its next request, now or later, or is done. */
  void free(Worker worker, long now);

  /** Sends what is due. */
  void fire(long now);

  /** When the next request is due by {@link System#nanoTime}, or {@link #NEVER}. */
  long nextDue();

  /** How many requests were due by then and are not sent, since all workers are busy. */
  long backlog(long now);
}
