// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.vertx;

import io.pprof4j.http.Pprof;
import io.pprof4j.http.PprofExchange;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** A request to a Vert.x server. */
final class VertxExchange implements PprofExchange {
  private final HttpServerRequest request;
  private final byte[] body;

  VertxExchange(HttpServerRequest request, byte[] body) {
    this.request = request;
    this.body = body;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String mountPath() {
    return Pprof.PATH;
  }

  @Override
  public String path() {
    return String.valueOf(request.path());
  }

  @Override
  public String query() {
    String query = request.query();
    return query == null ? "" : query;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public String remote() {
    return String.valueOf(request.remoteAddress());
  }

  @Override
  public OutputStream respond(int status, Map<String, String> headers, long length) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    if (length != UNKNOWN_LENGTH) {
      response.putHeader("Content-Length", Long.toString(length));
    } else if (!request.method().equals(HttpMethod.HEAD)) {
      response.setChunked(true);
    }
    return new VertxBody(response);
  }

  @Override
  public boolean onDisconnect(Runnable action) {
    HttpServerResponse response = request.response();
    response.closeHandler(closed -> action.run());
    if (response.closed()) {
      action.run();
    }
    return true;
  }

  /** Ends what a failure has left open, so that the client does not wait for the rest. */
  void end() {
    if (!request.response().ended()) {
      request.connection().close();
    }
  }
}
