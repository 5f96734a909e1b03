// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run measured. Requests that failed are counted in {@link #requests}, {@link
 * #requestsPerSecond} and {@link #errors}, but have no latency, status or size.
 *
 * @param totalNanos how long the run took, in nanoseconds
 * @param requests how many requests ended, successful or not
 * @param bytes the bytes of all response bodies, as they came over the wire
 * @param unfinished requests that were under way when the run was ended by time or by the user
 * @param unsent requests that were due by the clock but had not been sent when the run ended
 * @param service from the sending of a request until the end of its response, redirects included
 * @param response from when a request was due until the end of its response; absent unless a rate
 *     was asked for
 * @param phases the parts of a request
 * @param statusCodes how many responses had each status, ascending
 * @param errors how many requests failed with each message, sorted by message
 */
public record Report(
    long totalNanos,
    long requests,
    long bytes,
    long unfinished,
    long unsent,
    LatencyHistogram service,
    Optional<LatencyHistogram> response,
    Map<Phase, PhaseTimes> phases,
    SortedMap<Integer, Long> statusCodes,
    SortedMap<String, Long> errors) {

  /** How long the run took. */
  public Duration total() {
    return Duration.ofNanos(totalNanos);
  }

  /** How many requests got a complete response, of whatever status. */
  public long successes() {
    return service.count();
  }

  /** How many requests failed. */
  public long failures() {
    return requests - successes();
  }

  /** Requests that ended, successful or not, for each second of the run. */
  public double requestsPerSecond() {
    return totalNanos == 0 ? 0 : requests * 1e9 / totalNanos;
  }
}
