// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/** Bounds the collections that take time: how long each may be, and how many there may be. */
final class Windows {
  private final Duration longest;
  private final Semaphore turns;
  private final ScheduledExecutorService clock = Vigil.newClock();

  Windows(PprofOptions options) {
    longest = options.maxWindow();
    turns = new Semaphore(options.maxCollections());
  }

  /** The longest window. */
  Duration longest() {
    return longest;
  }

  /**
   * A window of so many seconds.
   *
   * @throws HttpError if that is too long
   */
  Duration limited(double seconds) throws HttpError {
    if (seconds > longest.toMillis() / 1e3) {
      throw HttpError.of(
          400, "value for \"seconds\" is above this server's limit of " + longest.toSeconds());
    }
    return TraceRoutes.duration(seconds);
  }

  /**
   * Begins a window of the calling thread, which is interrupted when the client goes away.
   *
   * @throws HttpError if there are too many
   */
  Vigil open(PprofExchange exchange, Vigil.Beat beat) throws HttpError {
    if (!turns.tryAcquire()) {
      throw HttpError.later("too many collections at once", 1);
    }
    return Vigil.keep(exchange, clock, beat);
  }

  /** Ends a window. */
  void close(Vigil vigil) {
    vigil.close();
    turns.release();
  }
}
