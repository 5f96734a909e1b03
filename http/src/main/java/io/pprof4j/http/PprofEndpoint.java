// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.CaptureBusyException;
import io.pprof4j.capture.Captures;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests for {@code /debug/pprof/*} with the profiles of this JVM, for any web server: an
 * adapter turns the server's request into a {@link PprofExchange}. Routes, parameters, headers and
 * texts are those of Go's net/http/pprof. Safe for use by several threads.
 */
public final class PprofEndpoint {
  private static final Logger LOG = System.getLogger(PprofEndpoint.class.getName());

  /** More than may collect at once, so that the rest is refused in words. */
  private static final int SPARE_THREADS = 16;

  private final RequestGuard guard;
  private final Routes routes;
  private final ThreadPoolExecutor threads;

  private PprofEndpoint(PprofOptions options) {
    guard = new RequestGuard(options.hosts());
    Captures captures = Captures.ofThisJvm();
    captures.prepare();
    routes = new Routes(captures, options);
    threads =
        new ThreadPoolExecutor(
            0,
            options.maxCollections() + SPARE_THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> Vigil.daemon(work, "pprof4j-http"));
  }

  /** An endpoint with default options. */
  public static PprofEndpoint create() {
    return create(PprofOptions.defaults());
  }

  /** An endpoint. */
  public static PprofEndpoint create(PprofOptions options) {
    return new PprofEndpoint(options);
  }

  /**
   * Answers a request on a thread of the endpoint's own and returns at once: a profile may take
   * minutes, which threads of a server cannot spare.
   *
   * @param ended called in the end, whether the request was answered or the client has gone
   */
  public void serveAsync(PprofExchange exchange, Runnable ended) {
    try {
      threads.execute(() -> serveAndEnd(exchange, ended));
    } catch (RejectedExecutionException e) {
      answerInsteadOfRoutes(exchange, HttpError.later("too many requests at once", 1));
      ended.run();
    }
  }

  private void serveAndEnd(PprofExchange exchange, Runnable ended) {
    try {
      serve(exchange);
    } finally {
      ended.run();
    }
  }

  private static void answerInsteadOfRoutes(PprofExchange exchange, HttpError error) {
    try (Response response = new Response(exchange)) {
      response.fail(error);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "pprof: client has gone", e);
    }
  }

  /**
   * Answers a request on the calling thread. Throws nothing: what goes wrong is answered, or there
   * is no client left to tell.
   */
  public void serve(PprofExchange exchange) {
    Response response = new Response(exchange);
    try (response) {
      answer(exchange, response);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "pprof: client has gone", e);
    } finally {
      LOG.log(
          Level.DEBUG,
          "pprof: {0} {1} {2}?{3} answered {4}, {5} bytes",
          exchange.remote(),
          exchange.method(),
          exchange.path(),
          exchange.query(),
          response.status(),
          response.bytes());
    }
  }

  private void answer(PprofExchange exchange, Response response) throws IOException {
    try {
      guard.check(exchange);
      route(exchange, response);
    } catch (HttpError e) {
      response.fail(e);
    } catch (CaptureBusyException e) {
      response.fail(HttpError.later(String.valueOf(e.getMessage()), 1));
    } catch (InterruptedException e) {
      // The client went away, or the application ends its threads: there is nobody to tell.
      response.fail(HttpError.of(500, "canceled"));
    } catch (IOException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      // Nothing may escape into the profiled application.
      LOG.log(Level.DEBUG, "pprof: request failed", e);
      response.fail(HttpError.of(500, "failed to collect profile: " + e));
    }
  }

  private void route(PprofExchange exchange, Response response)
      throws IOException, InterruptedException, HttpError {
    String mount = exchange.mountPath();
    String path = decode(exchange.path());
    String clean = UrlPath.clean(path);
    if (!clean.equals(mount) && !clean.startsWith(mount + "/")) {
      throw HttpError.ofRouter(404, "404 page not found", Map.of());
    }
    String name = clean.equals(mount) ? "" : clean.substring(mount.length() + 1);
    requireMethod(exchange.method(), name);
    if (!clean.equals(path) || clean.equals(mount)) {
      String target = UrlPath.encode(clean.equals(mount) ? mount + "/" : clean);
      response.redirect(exchange.query().isEmpty() ? target : target + "?" + exchange.query());
      return;
    }
    routes.answer(name, exchange, response);
  }

  private static String decode(String path) throws HttpError {
    Optional<String> decoded = Query.decode(path);
    if (decoded.isEmpty()) {
      throw HttpError.ofRouter(400, "400 Bad Request", Map.of());
    }
    return decoded.get();
  }

  /** Go's tool asks for symbols by POST, although Go's own server has forgotten how. */
  private static void requireMethod(String method, String name) throws HttpError {
    boolean takesPost = name.equals("symbol");
    if (method.equals("GET") || method.equals("HEAD") || (takesPost && method.equals("POST"))) {
      return;
    }
    String allow = takesPost ? "GET, HEAD, POST" : "GET, HEAD";
    throw HttpError.ofRouter(405, "Method Not Allowed", Map.of("Allow", allow));
  }
}
