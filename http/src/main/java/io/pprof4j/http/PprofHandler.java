// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/**
 * Serves the profiles of this JVM from the JDK's own HTTP server. One handler answers everything
 * below the context it is mounted at:
 *
 * <pre>{@code
 * server.createContext("/debug/pprof", PprofHandler.create());
 * }</pre>
 *
 * <p>Requests are answered on threads of the handler's own, so a profile that takes a minute does
 * not hold a thread of the server.
 */
public final class PprofHandler implements HttpHandler {
  private final PprofEndpoint endpoint;

  private PprofHandler(PprofOptions options) {
    endpoint = PprofEndpoint.create(options);
  }

  /** A handler with default options. */
  public static PprofHandler create() {
    return create(PprofOptions.defaults());
  }

  /** A handler. */
  public static PprofHandler create(PprofOptions options) {
    return new PprofHandler(options);
  }

  @Override
  public void handle(HttpExchange exchange) {
    String context = exchange.getHttpContext().getPath();
    String mount = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
    handle(exchange, mount);
  }

  void handle(HttpExchange exchange, String mount) {
    endpoint.serveAsync(new JdkExchange(exchange, mount), exchange::close);
  }
}
