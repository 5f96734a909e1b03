// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/**
 * How careful an endpoint is.
 *
 * @param maxWindow the longest {@code seconds} that is accepted; more is refused with 400
 * @param gcInterval {@code gc=1} is honoured at most so often; more is refused with 429
 * @param maxCollections how many requests may take time at once; more are refused with 429
 * @param hosts names, without port, under which browsers and tools may address this server; empty
 *     for any (an application server has its own checks, and may stand behind a proxy)
 * @param remoteAccess whether {@link Pprof#listen(String, PprofOptions)} may bind an address that
 *     other machines reach, although nobody is asked who he is
 */
public record PprofOptions(
    Duration maxWindow,
    Duration gcInterval,
    int maxCollections,
    Set<String> hosts,
    RemoteAccess remoteAccess) {

  /** Whether other machines may reach a listener without authentication. */
  public enum RemoteAccess {
    /** Only this machine. */
    REFUSED,
    /** Anybody who reaches the address; a warning is logged. */
    UNAUTHENTICATED
  }

  /** Checks the ranges. */
  public PprofOptions {
    requirePositive("maxWindow", maxWindow);
    if (gcInterval.isNegative()) {
      throw new IllegalArgumentException("gcInterval is negative: " + gcInterval);
    }
    if (maxCollections < 1) {
      throw new IllegalArgumentException("maxCollections must be positive, not " + maxCollections);
    }
    hosts = Set.copyOf(hosts);
    requireNonNull(remoteAccess, "remoteAccess");
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s must be positive, not %s".formatted(name, duration));
    }
  }

  /** What an endpoint does when nothing else is said. */
  public static PprofOptions defaults() {
    return new PprofOptions(
        Duration.ofSeconds(120), Duration.ofSeconds(10), 16, Set.of(), RemoteAccess.REFUSED);
  }

  /** A copy that accepts windows of another length. */
  public PprofOptions withMaxWindow(Duration newMaxWindow) {
    return new PprofOptions(newMaxWindow, gcInterval, maxCollections, hosts, remoteAccess);
  }

  /** A copy that collects garbage on request at another pace. */
  public PprofOptions withGcInterval(Duration newGcInterval) {
    return new PprofOptions(maxWindow, newGcInterval, maxCollections, hosts, remoteAccess);
  }

  /** A copy that lets another number of requests take time at once. */
  public PprofOptions withMaxCollections(int newMaxCollections) {
    return new PprofOptions(maxWindow, gcInterval, newMaxCollections, hosts, remoteAccess);
  }

  /** A copy that answers to other names only. */
  public PprofOptions withHosts(Set<String> newHosts) {
    return new PprofOptions(maxWindow, gcInterval, maxCollections, newHosts, remoteAccess);
  }

  /** A copy with another answer to whether other machines may reach a listener. */
  public PprofOptions withRemoteAccess(RemoteAccess newRemoteAccess) {
    return new PprofOptions(maxWindow, gcInterval, maxCollections, hosts, newRemoteAccess);
  }
}
