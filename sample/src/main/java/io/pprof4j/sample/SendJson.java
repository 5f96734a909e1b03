// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pprof4j.vertx.VertxPprof;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A web service with one route, {@code /sendjson}, and the profiling endpoints. */
final class SendJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SendJson() {}

  /** The service, and by this one line the profiles below {@code /debug/pprof/}. */
  static Handler<HttpServerRequest> routes() {
    return VertxPprof.mount(SendJson::serve);
  }

  private static void serve(HttpServerRequest request) {
    if ("/sendjson".equals(request.path())) {
      sendJson(request);
    } else {
      notFound(request);
    }
  }

  private static void notFound(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(404)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end("404 page not found\n");
  }

  private static void sendJson(HttpServerRequest request) {
    request.response().putHeader("Content-Type", "application/json").end(marshal(newUser()));
  }

  private static User newUser() {
    return new User("bill", "bill@ardanlabs.com");
  }

  private static Buffer marshal(User user) {
    try {
      byte[] json = JSON.writeValueAsBytes(user);
      byte[] line = new byte[json.length + 1];
      System.arraycopy(json, 0, line, 0, json.length);
      line[json.length] = '\n';
      return Buffer.buffer(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a user of two texts is always marshalled", e);
    }
  }
}
