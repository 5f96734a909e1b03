// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.vertx;

import static java.util.Objects.requireNonNull;

import io.pprof4j.http.Pprof;
import io.pprof4j.http.PprofEndpoint;
import io.pprof4j.http.PprofOptions;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Serves the profiles of this JVM from a Vert.x HTTP server, below {@code /debug/pprof/}:
 *
 * <pre>{@code
 * server.requestHandler(VertxPprof.mount(application));
 * }</pre>
 *
 * <p>Profiles are taken and written on threads of their own, never on an event loop.
 */
public final class VertxPprof implements Handler<HttpServerRequest> {
  /** Room for half a million addresses, which is all that anybody posts. */
  private static final int MAX_BODY = 8 << 20;

  /** How long a client may take to send a body. */
  private static final Duration BODY_TIME = Duration.ofSeconds(10);

  private final PprofEndpoint endpoint;
  private final Handler<HttpServerRequest> application;
  private final Duration bodyTime;

  /** A handler that gives clients another time for their bodies. */
  VertxPprof(PprofOptions options, Handler<HttpServerRequest> application, Duration bodyTime) {
    this.endpoint = PprofEndpoint.create(options);
    this.application = application;
    this.bodyTime = bodyTime;
  }

  /** A handler that answers requests for profiles and leaves all others to the application. */
  public static Handler<HttpServerRequest> mount(Handler<HttpServerRequest> application) {
    return mount(PprofOptions.defaults(), application);
  }

  /** A handler that answers requests for profiles and leaves all others to the application. */
  public static Handler<HttpServerRequest> mount(
      PprofOptions options, Handler<HttpServerRequest> application) {
    return new VertxPprof(options, application, BODY_TIME);
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !PprofEndpoint.answers(Pprof.PATH, path)) {
      application.handle(request);
    } else if (request.method().equals(HttpMethod.POST)) {
      readAndServe(request);
    } else {
      serve(request, Buffer.buffer());
    }
  }

  private void readAndServe(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    Context context = requireNonNull(Vertx.currentContext(), "Vert.x handles requests in contexts");
    Vertx vertx = context.owner();
    long deadline = vertx.setTimer(bodyTime.toMillis(), late -> request.connection().close());
    request.handler(
        part -> {
          if (body.length() + part.length() > MAX_BODY) {
            request.handler(null);
            request.connection().close();
          } else {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(gone -> vertx.cancelTimer(deadline));
    request.endHandler(
        end -> {
          vertx.cancelTimer(deadline);
          serve(request, body);
        });
  }

  private void serve(HttpServerRequest request, Buffer body) {
    VertxExchange exchange = new VertxExchange(request, body.getBytes());
    endpoint.serveAsync(exchange, exchange::end);
  }
}
