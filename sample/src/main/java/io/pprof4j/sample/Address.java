// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import io.pprof4j.flags.UsageException;

/**
 * Where the service listens.
 *
 * @param host name or number; empty for all addresses of this machine
 * @param port 0 for a free one
 */
record Address(String host, int port) {
  private static final int MAX_PORT = 0xffff;

  /**
   * Reads {@code host:port}, where the host may be missing.
   *
   * @throws UsageException if the text is something else
   */
  static Address parse(String text) throws UsageException {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon >= 0 && port >= 0 && port <= MAX_PORT) {
        return new Address(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "invalid value \"%s\" for flag -addr: must be host:port".formatted(text));
  }

  /** The host as a server takes it: without the brackets of an IPv6 number. */
  String bindHost() {
    return host.isEmpty() ? "0.0.0.0" : host.replace("[", "").replace("]", "");
  }

  /** Where a browser on this machine finds it. */
  String url() {
    return "http://" + (host.isEmpty() ? "localhost" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
