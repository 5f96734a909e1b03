// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Serves the web UI of one profile until it is closed. Does not keep the JVM alive. */
public final class WebServer implements AutoCloseable {
  private static final int MAX_THREADS = 64;
  private static final int IDLE_SECONDS = 10;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final String host;
  private final RequestGuard guard;
  private final WebHandler handler;
  private final CountDownLatch closed = new CountDownLatch(1);

  private WebServer(WebSession session, HttpServer server, String host) {
    this.server = server;
    this.host = host;
    InetSocketAddress bound = server.getAddress();
    this.guard = new RequestGuard(bound.getAddress().isLoopbackAddress(), bound.getPort());
    this.handler = new WebHandler(session, guard);
    this.threads =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            WebServer::daemon,
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pprof4j-web");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts a server.
   *
   * @param host name or address of this machine to listen on
   * @param port 0 for any free one
   * @throws IOException if the address cannot be listened on
   */
  public static WebServer start(WebSession session, String host, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address(host), port), 0);
    WebServer web = new WebServer(session, server, host);
    server.setExecutor(web.threads);
    server.createContext("/", web::exchange);
    web.startAsDaemon();
    return web;
  }

  private static InetAddress address(String host) throws IOException {
    // Some systems know localhost as ::1 only; the original listens on the IPv4 address.
    return host.equals("localhost")
        ? InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})
        : InetAddress.getByName(host);
  }

  /** The server's own thread is a daemon if the thread that starts it is. */
  private void startAsDaemon() throws IOException {
    Thread starter = daemon(server::start);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
  }

  /** Where the pages are: {@code http://localhost:8080}. */
  public String url() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return "http://" + name + ":" + server.getAddress().getPort();
  }

  /**
   * The address that a browser is to open: it holds the token, and settings that the command line
   * gave.
   */
  public URI openingUrl() {
    return URI.create(url() + "/ui/?t=" + guard.token());
  }

  /** Whether only this machine can reach the server. */
  public boolean isLocal() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /**
   * Waits until the server is closed.
   *
   * @throws InterruptedException if the thread is interrupted before
   */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Stops listening. What is being answered is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    closed.countDown();
  }

  private void exchange(HttpExchange exchange) {
    try (exchange) {
      WebRequest request = request(exchange);
      send(exchange, request, handler.answer(request));
    } catch (IOException clientWentAway) {
      // Nobody is left who could be told.
    }
  }

  private static WebRequest request(HttpExchange exchange) {
    URI target = exchange.getRequestURI();
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new WebRequest(
        exchange.getRequestMethod(),
        target.getRawPath() == null ? "/" : target.getRawPath(),
        target.getRawQuery() == null ? "" : target.getRawQuery(),
        headers,
        exchange.getRemoteAddress().getAddress().isLoopbackAddress());
  }

  private static void send(HttpExchange exchange, WebRequest request, WebResponse response)
      throws IOException {
    boolean unzips = request.header("accept-encoding").contains("gzip");
    WebResponse suited = unzips ? response.compressed() : response.plain();
    suited.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
    byte[] body = suited.body();
    if (request.method().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
