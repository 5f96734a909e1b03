// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** One listener for each processor, all on the same port; Vert.x deals connections out to them. */
final class Listeners {
  /** Vert.x's word for a free port that several listeners share; 0 gives each its own. */
  private static final int SHARED_FREE_PORT = -1;

  private Listeners() {}

  /**
   * Starts listening.
   *
   * @return the address with the port that was chosen
   * @throws IOException if the port is taken or the address is not of this machine
   */
  static Address start(Vertx vertx, Address address, Handler<HttpServerRequest> handler)
      throws IOException {
    HttpServer first = await(listen(vertx, address, handler));
    for (int more = Runtime.getRuntime().availableProcessors(); more > 1; more--) {
      await(listen(vertx, address, handler));
    }
    return new Address(address.host(), first.actualPort());
  }

  private static Future<HttpServer> listen(
      Vertx vertx, Address address, Handler<HttpServerRequest> handler) {
    int port = address.port() == 0 ? SHARED_FREE_PORT : address.port();
    return vertx.createHttpServer().requestHandler(handler).listen(port, address.bindHost());
  }

  /** Frees the port, finishes what is being answered, and ends the event loops. */
  static void stop(Vertx vertx) {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }
}
