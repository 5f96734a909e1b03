// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.util.Optional;

/** Chooses the proxy of a URL. */
@FunctionalInterface
public interface Proxies {
  /** No proxy for any URL. */
  Proxies NONE = url -> Optional.empty();

  /**
   * The proxy for requests to a URL.
   *
   * @param url what is requested
   * @return an {@code http}, {@code https} or {@code socks5} URL, or nothing to connect directly
   */
  Optional<HttpUrl> proxyFor(HttpUrl url);
}
