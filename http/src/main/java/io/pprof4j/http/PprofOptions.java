// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How careful an endpoint is.
 *
 * @param maxWindow the longest {@code seconds} that is accepted, one second to a year; more is
 *     refused with 400
 * @param gcInterval {@code gc=1} is honoured at most so often; more is refused with 429
 * @param maxCollections how many requests may take time at once; more are refused with 429
 * @param hosts names, without port, under which browsers and tools may address this server; empty
 *     for any (an application server has its own checks, and may stand behind a proxy)
 * @param remoteAccess whether {@link Pprof#listen(String, PprofOptions)} may bind an address that
 *     other machines reach, although nobody is asked who he is
 * @param token the secret that clients must know; empty asks for none
 * @param hidden names of routes that are not there, those of profiles ({@code heap}) and others
 *     ({@code cmdline}, {@code trace}); a route is hidden under all its names, whichever is given
 */
public record PprofOptions(
    Duration maxWindow,
    Duration gcInterval,
    int maxCollections,
    Set<String> hosts,
    RemoteAccess remoteAccess,
    Optional<AccessToken> token,
    Set<String> hidden) {

  /** Clients ask for whole seconds. */
  private static final Duration MIN_WINDOW = Duration.ofSeconds(1);

  private static final Duration MAX_TIME = Duration.ofDays(365);

  /** Each may take a thread. */
  private static final int MAX_COLLECTIONS = 10_000;

  /** Whether other machines may reach a listener without authentication. */
  public enum RemoteAccess {
    /** Only this machine. */
    REFUSED,
    /** Anybody who reaches the address; a warning is logged. */
    UNAUTHENTICATED
  }

  /** Checks the ranges. */
  public PprofOptions {
    requireBetween("maxWindow", MIN_WINDOW, maxWindow);
    requireBetween("gcInterval", Duration.ZERO, gcInterval);
    if (maxCollections < 1 || maxCollections > MAX_COLLECTIONS) {
      throw new IllegalArgumentException(
          "maxCollections must be 1 to %d, not %d".formatted(MAX_COLLECTIONS, maxCollections));
    }
    hosts = Set.copyOf(hosts);
    requireNonNull(remoteAccess, "remoteAccess");
    requireNonNull(token, "token");
    hidden = Set.copyOf(hidden);
  }

  private static void requireBetween(String name, Duration least, Duration duration) {
    if (duration.compareTo(least) < 0 || duration.compareTo(MAX_TIME) > 0) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, not %s".formatted(name, least, MAX_TIME, duration));
    }
  }

  /** What an endpoint does when nothing else is said. */
  public static PprofOptions defaults() {
    return new PprofOptions(
        Duration.ofSeconds(120),
        Duration.ofSeconds(10),
        16,
        Set.of(),
        RemoteAccess.REFUSED,
        Optional.empty(),
        Set.of());
  }

  /** A copy that accepts windows of another length. */
  public PprofOptions withMaxWindow(Duration newMaxWindow) {
    return with(draft -> draft.maxWindow = newMaxWindow);
  }

  /** A copy that collects garbage on request at another pace. */
  public PprofOptions withGcInterval(Duration newGcInterval) {
    return with(draft -> draft.gcInterval = newGcInterval);
  }

  /** A copy that lets another number of requests take time at once. */
  public PprofOptions withMaxCollections(int newMaxCollections) {
    return with(draft -> draft.maxCollections = newMaxCollections);
  }

  /** A copy that answers to other names only. */
  public PprofOptions withHosts(Set<String> newHosts) {
    return with(draft -> draft.hosts = newHosts);
  }

  /** A copy with another answer to whether other machines may reach a listener. */
  public PprofOptions withRemoteAccess(RemoteAccess newRemoteAccess) {
    return with(draft -> draft.remoteAccess = newRemoteAccess);
  }

  /** A copy that asks clients for a token. */
  public PprofOptions withToken(AccessToken newToken) {
    return with(draft -> draft.token = Optional.of(newToken));
  }

  /** A copy without the routes of these names, and with all others. */
  public PprofOptions withHidden(Set<String> newHidden) {
    return with(draft -> draft.hidden = newHidden);
  }

  private PprofOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options that are being put together. */
  private static final class Draft {
    Duration maxWindow;
    Duration gcInterval;
    int maxCollections;
    Set<String> hosts;
    RemoteAccess remoteAccess;
    Optional<AccessToken> token;
    Set<String> hidden;

    Draft(PprofOptions from) {
      maxWindow = from.maxWindow;
      gcInterval = from.gcInterval;
      maxCollections = from.maxCollections;
      hosts = from.hosts;
      remoteAccess = from.remoteAccess;
      token = from.token;
      hidden = from.hidden;
    }

    PprofOptions options() {
      return new PprofOptions(
          maxWindow, gcInterval, maxCollections, hosts, remoteAccess, token, hidden);
    }
  }
}
