// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import io.pprof4j.hey.internal.engine.HttpUrl;
import io.pprof4j.hey.internal.engine.Proxies;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads proxies as users write them. */
final class ProxyUrls {
  private static final Set<String> SCHEMES = Set.of("http", "https", "socks5", "socks5h");

  private ProxyUrls() {}

  /** Reads {@code host:port} or an {@code http}, {@code https} or {@code socks5} URL. */
  static HttpUrl parse(String text) {
    HttpUrl url = HttpUrl.parse(text.contains("://") ? text : "http://" + text);
    if (!SCHEMES.contains(url.scheme()) || url.host().isEmpty()) {
      throw new IllegalArgumentException(
          "proxy must be host:port or an http, https or socks5 URL: " + text);
    }
    return url;
  }

  /** Chooses by the variables that curl and Go read, in lower case or upper case. */
  static Proxies fromEnvironment(Map<String, String> environment) {
    Optional<HttpUrl> plain = variable(environment, "http_proxy").map(ProxyUrls::parse);
    Optional<HttpUrl> secure = variable(environment, "https_proxy").map(ProxyUrls::parse);
    String[] exceptions = variable(environment, "no_proxy").orElse("").split(",", -1);
    return url -> {
      if (isLocal(url.host()) || isExcepted(url, exceptions)) {
        return Optional.empty();
      }
      return url.scheme().equals("https") ? secure : plain;
    };
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
    String value = upper.isEmpty() ? environment.getOrDefault(name, "") : upper;
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static boolean isExcepted(HttpUrl url, String[] exceptions) {
    String host = url.host().toLowerCase(Locale.ROOT);
    for (String exception : exceptions) {
      String pattern = exception.strip().toLowerCase(Locale.ROOT);
      if (pattern.equals("*")
          || pattern.equals(host)
          || pattern.equals(host + ":" + url.origin().port())) {
        return true;
      }
      String domain = pattern.startsWith("*") ? pattern.substring(1) : pattern;
      String suffix = domain.startsWith(".") ? domain : "." + domain;
      if (suffix.length() > 1 && host.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }
}
