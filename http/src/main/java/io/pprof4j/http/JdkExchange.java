// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** A request to the JDK's HTTP server. */
final class JdkExchange implements PprofExchange {
  private final HttpExchange exchange;
  private final String mountPath;
  private final InetSocketAddress remote;

  JdkExchange(HttpExchange exchange, String mountPath) {
    this(exchange, mountPath, exchange.getRemoteAddress());
  }

  JdkExchange(HttpExchange exchange, String mountPath, InetSocketAddress remote) {
    this.exchange = exchange;
    this.mountPath = mountPath;
    this.remote = remote;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String mountPath() {
    return mountPath;
  }

  @Override
  public String path() {
    return exchange.getRequestURI().getRawPath();
  }

  @Override
  public String query() {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : query;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public InputStream body() {
    return exchange.getRequestBody();
  }

  @Override
  public String remote() {
    return remote.toString();
  }

  @Override
  public OutputStream respond(int status, Map<String, String> headers, long length)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (method().equals("HEAD") && length != UNKNOWN_LENGTH) {
      // Of a body that is not sent, the JDK does not tell the length by itself.
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
    }
    exchange.sendResponseHeaders(status, jdkLength(length));
    return exchange.getResponseBody();
  }

  /** The JDK's code for a length: -1 is no body, 0 is one of unknown length. */
  private long jdkLength(long length) {
    if (method().equals("HEAD") || length == 0) {
      return -1;
    }
    return length == UNKNOWN_LENGTH ? 0 : length;
  }
}
