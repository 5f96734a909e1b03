// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import io.pprof4j.cli.CliEnvironment;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Locale;

/** Proxies from the environment: HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case. */
public final class ProxySettings {
  private static final int DEFAULT_PORT = 80;

  private final CliEnvironment environment;

  /** The proxies that the environment names. */
  public ProxySettings(CliEnvironment environment) {
    this.environment = environment;
  }

  /** The proxy for an address; this machine is always reached directly, as in Go. */
  Proxy proxyOf(GoUrl url) {
    String setting = variable(url.scheme().startsWith("https") ? "HTTPS_PROXY" : "HTTP_PROXY");
    String host = hostOf(url.host()).toLowerCase(Locale.ROOT);
    if (setting.isEmpty() || isLocal(host) || isExcepted(host)) {
      return Proxy.NO_PROXY;
    }
    GoUrl proxy = GoUrl.parse(setting.contains("://") ? setting : "http://" + setting);
    if (proxy == null || proxy.host().isEmpty()) {
      return Proxy.NO_PROXY;
    }
    Proxy.Type type = proxy.scheme().startsWith("socks") ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
    return new Proxy(
        type, InetSocketAddress.createUnresolved(hostOf(proxy.host()), portOf(proxy.host())));
  }

  private String variable(String name) {
    String value = environment.variable(name);
    return value.isEmpty() ? environment.variable(name.toLowerCase(Locale.ROOT)) : value;
  }

  private boolean isExcepted(String host) {
    for (String entry : variable("NO_PROXY").split(",", -1)) {
      String suffix = hostOf(entry.trim().toLowerCase(Locale.ROOT));
      if (suffix.equals("*")) {
        return true;
      }
      String domain = suffix.startsWith(".") ? suffix.substring(1) : suffix;
      if (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static String hostOf(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return colon < 0 || hostAndPort.endsWith("]") ? hostAndPort : hostAndPort.substring(0, colon);
  }

  private static int portOf(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    try {
      return colon < 0 ? DEFAULT_PORT : Integer.parseInt(hostAndPort.substring(colon + 1));
    } catch (NumberFormatException noPort) {
      return DEFAULT_PORT;
    }
  }
}
