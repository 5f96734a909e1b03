// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/**
 * Where connections lead: two requests may share a connection if their origins are equal.
 *
 * @param secure whether TLS is spoken
 * @param host a name or an address, an IPv6 address without brackets
 * @param port the port
 */
public record Origin(boolean secure, String host, int port) {
  /** Host and port as one text, an IPv6 address in brackets. */
  public String hostPort() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Whether the host is an address in digits, so that there is nothing to look up. */
  boolean isAddress() {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
