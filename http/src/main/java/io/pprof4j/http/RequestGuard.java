// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Turns away what a browser sends on behalf of a foreign page. A page may address any server that
 * its visitor reaches, under the page's own name (DNS rebinding) or as a part of itself; tools send
 * neither a foreign Host nor these headers.
 */
final class RequestGuard {
  private final Set<String> hosts;

  /** Guards an endpoint that answers to these names; to any if there are none. */
  RequestGuard(Set<String> hosts) {
    this.hosts = hosts;
  }

  /**
   * Lets a request pass.
   *
   * @throws HttpError if it comes from a foreign page
   */
  void check(PprofExchange exchange) throws HttpError {
    Optional<String> named = exchange.header("Host");
    // Browsers always send one; HTTP/1.0 knows none.
    if (named.isPresent() && !hosts.isEmpty() && !hosts.contains(name(named.get()))) {
      throw HttpError.of(403, "forbidden: this server does not answer to that host name");
    }
    String site = exchange.header("Sec-Fetch-Site").orElse("none");
    String mode = exchange.header("Sec-Fetch-Mode").orElse("");
    boolean isForeign = site.equals("cross-site") || site.equals("same-site");
    if (isForeign && !mode.equals("navigate")) {
      throw HttpError.of(403, "forbidden: requested by a page of another site");
    }
    Optional<String> origin = exchange.header("Origin");
    if (origin.isPresent() && !isOwn(origin.get(), named.orElse(""))) {
      throw HttpError.of(403, "forbidden: requested by a page of another origin");
    }
  }

  private static boolean isOwn(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false; // not an origin at all
    }
  }

  /** The host without its port: {@code [::1]:6060} gives {@code [::1]}. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
