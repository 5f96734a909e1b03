// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/**
 * How much load is made.
 *
 * @param requests how many requests in all; ignored if a duration is given
 * @param workers how many requests may be under way at a time
 * @param durationNanos how long to send requests; 0: until all are sent
 * @param ratePerWorker requests per second of each worker; 0: no limit
 * @param rate requests per second in all, due by the clock; 0: as fast as responses come
 * @param loops how many event loops, a thread each
 */
public record LoadPlan(
    long requests, int workers, long durationNanos, double ratePerWorker, double rate, int loops) {
  /** Whether requests are due by the clock, so that their response time differs from service. */
  public boolean isPaced() {
    return rate > 0 || ratePerWorker > 0;
  }
}
