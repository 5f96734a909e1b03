// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** Serves the web UI of one profile until it is closed. Does not keep the JVM alive. */
public final class WebServer implements AutoCloseable {
  private final HttpListener listener;
  private final String host;
  private final RequestGuard guard;
  private final CountDownLatch closed = new CountDownLatch(1);

  private WebServer(WebSession session, HttpListener listener, String host) {
    this.listener = listener;
    this.host = host;
    Views views = new Views(session);
    Thread preparer = new Thread(views::prepare, "pprof4j-web-first");
    preparer.setDaemon(true);
    preparer.start();
    InetSocketAddress bound = listener.address();
    this.guard = new RequestGuard(bound.getAddress().isLoopbackAddress(), bound.getPort());
    listener.serve(new WebHandler(session, guard, views)::answer);
  }

  /**
   * Starts a server.
   *
   * @param host name or address of this machine to listen on
   * @param port 0 for any free one
   * @throws IOException if the address cannot be listened on
   */
  public static WebServer start(WebSession session, String host, int port) throws IOException {
    return new WebServer(session, new HttpListener(address(host), port), host);
  }

  private static InetAddress address(String host) throws IOException {
    // Some systems know localhost as ::1 only; the original listens on the IPv4 address.
    return host.equals("localhost")
        ? InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})
        : InetAddress.getByName(host);
  }

  /** Where the pages are: {@code http://localhost:8080}. */
  public String url() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return "http://" + name + ":" + listener.address().getPort();
  }

  /** The address that a browser is to open: it holds the token. */
  public URI openingUrl() {
    return URI.create(url() + "/ui/?t=" + guard.token());
  }

  /** Whether only this machine can reach the server. */
  public boolean isLocal() {
    return listener.address().getAddress().isLoopbackAddress();
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
    listener.close();
    closed.countDown();
  }
}
