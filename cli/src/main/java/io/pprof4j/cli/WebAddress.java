// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOption;

/**
 * Where the web UI listens.
 *
 * @param host name or address of this machine; an IPv6 address is without brackets
 * @param port 0 for any free port
 */
record WebAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;
  private static final String PROBLEM = "could not split http address: address ";

  /**
   * Reads {@code host:port}, of which both may be empty.
   *
   * @throws CliException if it is none, in the words of Go's {@code net.SplitHostPort}
   */
  static WebAddress parse(String text) throws CliException {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new CliException(PROBLEM + text + ": missing port in address");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new CliException(PROBLEM + text + ": too many colons in address");
    }
    return new WebAddress(host.isEmpty() ? "localhost" : host, port(text.substring(colon + 1)));
  }

  /**
   * Checks that there can be such a port.
   *
   * @throws CliException if there cannot
   */
  void check() throws CliException {
    if (port < 0 || port > MAX_PORT) {
      throw new CliException("listen tcp: address " + port + ": invalid port");
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static int port(String text) throws CliException {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Math.toIntExact(ReportOption.NODE_COUNT.parse(text));
    } catch (ReportException | ArithmeticException e) {
      throw new CliException("invalid port number: " + e.getMessage());
    }
  }
}
