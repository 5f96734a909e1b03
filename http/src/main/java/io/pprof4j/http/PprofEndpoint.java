// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.CaptureBusyException;
import io.pprof4j.capture.Captures;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Answers requests for {@code /debug/pprof/*} with the profiles of this JVM, for any web server: an
 * adapter turns the server's request into a {@link PprofExchange}. Routes, parameters, headers and
 * texts are those of Go's net/http/pprof. Safe for use by several threads.
 */
public final class PprofEndpoint {
  /** More than may collect at once, so that quick answers need not wait for those. */
  private static final int SPARE_THREADS = 16;

  /** Enough for everything that asks at once and means well. */
  private static final int MAX_WAITING = 4096;

  /** A body is read within this time or not at all. */
  private static final Duration BODY_TIME = Duration.ofSeconds(10);

  /** What a client may take, beyond the longest window, to receive its answer. */
  private static final Duration ANSWER_TIME = Duration.ofMinutes(5);

  private final RequestGuard guard;
  private final Authentication authentication;
  private final Routes routes;
  private final RequestThreads threads;
  private final ScheduledExecutorService clock = Vigil.newClock();
  private final Duration longest;

  private PprofEndpoint(PprofOptions options) {
    guard = new RequestGuard(options.hosts());
    authentication = new Authentication(options.token());
    longest = options.maxWindow().plus(ANSWER_TIME);
    Captures captures = Captures.ofThisJvm();
    captures.prepare();
    routes = new Routes(captures, options);
    threads =
        new RequestThreads("pprof4j-http", options.maxCollections() + SPARE_THREADS, MAX_WAITING);
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
    } catch (OutOfMemoryError e) {
      ended.run(); // not to leave the client waiting
      throw e;
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
      note("pprof: client has gone", e);
    }
  }

  /**
   * Answers a request on the calling thread. Throws nothing: what goes wrong is answered, or there
   * is no client left to tell.
   */
  public void serve(PprofExchange exchange) {
    try {
      Response response = new Response(exchange);
      serve(exchange, response);
      note(exchange, response);
    } catch (IOException e) {
      note("pprof: client has gone", e);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // Of the answer itself, for which there may be no memory: the connection ends.
      note("pprof: no answer", e);
    }
  }

  private void serve(PprofExchange exchange, Response response) throws IOException {
    Deadline deadline = Deadline.in(longest, clock);
    try (response) {
      answer(exchange, body(exchange), response);
    } finally {
      deadline.lift();
    }
  }

  private static void note(PprofExchange exchange, Response response) {
    log()
        .log(
            Level.DEBUG,
            "pprof: {0} {1} {2}?{3} answered {4}, {5} bytes",
            exchange.remote(),
            exchange.method(),
            exchange.path(),
            Authentication.withoutToken(exchange.query()),
            response.status(),
            response.bytes());
  }

  private static void note(String what, Throwable failure) {
    try {
      log().log(Level.DEBUG, what, failure);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // There will be another occasion.
    }
  }

  /** The request's body, read before anything else, since servers read what is left of it later. */
  private byte[] body(PprofExchange exchange) throws IOException {
    boolean hasBody =
        exchange.header("Transfer-Encoding").isPresent()
            || !exchange.header("Content-Length").orElse("0").equals("0");
    if (!hasBody) {
      return new byte[0];
    }
    Deadline deadline = Deadline.in(BODY_TIME, clock);
    try {
      return exchange.body().readNBytes(SymbolPage.MAX_BODY + 1);
    } finally {
      deadline.lift();
    }
  }

  private void answer(PprofExchange exchange, byte[] body, Response response) throws IOException {
    try {
      guard.check(exchange);
      if (authentication.check(exchange) == Authentication.Passed.WITH_COOKIE
          && welcome(exchange, response)) {
        return;
      }
      route(exchange, body, response);
    } catch (HttpError e) {
      response.fail(e);
    } catch (CaptureBusyException e) {
      response.fail(HttpError.later(String.valueOf(e.getMessage()), 1));
    } catch (InterruptedException e) {
      // The client went away, or the application ends its threads: there is nobody to tell.
      response.fail(HttpError.of(500, "canceled"));
    } catch (ClientGoneException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      // Nothing may escape into the profiled application.
      note("pprof: request failed", e);
      response.fail(HttpError.of(500, "failed to collect profile: " + reason(e)));
    }
  }

  /** Gives the cookie; sends a person on to an address without the token, which then is done. */
  private boolean welcome(PprofExchange exchange, Response response) throws IOException {
    response.header("Set-Cookie", authentication.cookie(exchange.mountPath()));
    boolean isPerson = exchange.header("Sec-Fetch-Mode").orElse("").equals("navigate");
    if (isPerson) {
      String query = Authentication.withoutToken(exchange.query());
      String path = UrlPath.tidy(UrlPath.clean(exchange.path()));
      response.redirect(path + (query.isEmpty() ? "" : "?" + UrlPath.ascii(query)));
    }
    return isPerson;
  }

  private void route(PprofExchange exchange, byte[] body, Response response)
      throws IOException, InterruptedException, HttpError {
    String path = exchange.path();
    if (Query.decode(path).isEmpty()) {
      throw HttpError.ofRouter(400, "400 Bad Request", Map.of());
    }
    String mount = exchange.mountPath();
    String clean = UrlPath.clean(path);
    if (!clean.equals(path)) {
      boolean isIndex = isRead(exchange) && UrlPath.below(mount, clean).orElse("/").isEmpty();
      redirect(isIndex ? clean + "/" : clean, exchange, response);
      return;
    }
    if (UrlPath.below(beside(mount, "fgprof"), path).orElse("/").isEmpty()) {
      requireMethod(exchange.method(), "fgprof");
      routes.answer("fgprof", exchange, body, response);
      return;
    }
    String below =
        UrlPath.below(mount, path)
            .orElseThrow(() -> HttpError.ofRouter(404, "404 page not found", Map.of()));
    requireMethod(exchange.method(), below);
    if (below.isEmpty()) {
      redirect(path + "/", exchange, response);
    } else {
      routes.answer(below.substring(1), exchange, body, response);
    }
  }

  private static boolean isRead(PprofExchange exchange) {
    return exchange.method().equals("GET") || exchange.method().equals("HEAD");
  }

  private static void redirect(String path, PprofExchange exchange, Response response)
      throws IOException {
    String query = exchange.query().isEmpty() ? "" : "?" + UrlPath.ascii(exchange.query());
    response.redirect(UrlPath.tidy(path) + query);
  }

  /** fgprof's place is /debug/fgprof, beside /debug/pprof. */
  private static String beside(String mount, String name) {
    return mount.substring(0, mount.lastIndexOf('/') + 1) + name;
  }

  /**
   * Whether a path leads to an endpoint, also by a detour such as {@code /debug//pprof/heap}, from
   * which the endpoint sends clients on, as Go's router does.
   *
   * @param mountPath where the endpoint is mounted: {@code /debug/pprof}
   * @param path the path as it stands in a request
   */
  public static boolean answers(String mountPath, String path) {
    boolean isPlain = path.indexOf('%') < 0 && !path.contains("//") && !path.contains("/.");
    if (isPlain) { // as most requests are, and most are the application's
      int length = mountPath.length();
      return (path.startsWith(mountPath) && (path.length() == length || path.charAt(length) == '/'))
          || (path.endsWith("/fgprof") && path.equals(beside(mountPath, "fgprof")));
    }
    String clean = UrlPath.clean(path);
    return path.startsWith(mountPath + "/")
        || UrlPath.below(mountPath, clean).isPresent()
        || UrlPath.below(beside(mountPath, "fgprof"), clean).orElse("/").isEmpty();
  }

  private static String reason(Throwable e) {
    boolean speaks = e instanceof IOException && e.getMessage() != null;
    return speaks ? String.valueOf(e.getMessage()) : e.toString();
  }

  /** Go's tool asks for symbols by POST, although Go's own server has forgotten how. */
  private static void requireMethod(String method, String below) throws HttpError {
    boolean takesPost = Routes.isSymbol(below, "POST");
    if (method.equals("GET") || method.equals("HEAD") || (takesPost && method.equals("POST"))) {
      return;
    }
    String allow = takesPost ? "GET, HEAD, POST" : "GET, HEAD";
    throw HttpError.ofRouter(405, "Method Not Allowed", Map.of("Allow", allow));
  }

  /** Asked for late: the first one starts logging, which the application may want to set up. */
  private static Logger log() {
    return System.getLogger(PprofEndpoint.class.getName());
  }
}
