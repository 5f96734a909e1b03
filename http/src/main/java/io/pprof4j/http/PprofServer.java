// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A listener for profiles only; does not keep the JVM alive. */
public final class PprofServer implements AutoCloseable {
  private static final int MAX_READERS = 64;

  private final HttpServer server;

  private PprofServer(HttpServer server) {
    this.server = server;
  }

  static PprofServer start(HttpServer server) throws IOException {
    // Reads requests, each on its own thread: a slow client holds up nobody else.
    server.setExecutor(
        new ThreadPoolExecutor(
            0,
            MAX_READERS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> Vigil.daemon(work, "pprof4j-http-reader")));
    try {
      Thread starter = Vigil.daemon(server::start, "pprof4j-http-starter");
      // The server's thread is a daemon if the one that starts it is.
      starter.start();
      starter.join();
      return new PprofServer(server);
    } catch (InterruptedException e) {
      server.stop(0);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while starting the listener");
    }
  }

  /** The address that is bound, with the port that was chosen. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Where the index page is: {@code http://localhost:6060/debug/pprof/}. */
  public String url() {
    String host =
        address().getAddress().isLoopbackAddress() || address().getAddress().isAnyLocalAddress()
            ? "localhost"
            : address().getHostString();
    return "http://%s:%d%s/".formatted(host, address().getPort(), Pprof.PATH);
  }

  /** Stops listening; what is being answered is cut off. */
  @Override
  public void close() {
    server.stop(0);
  }
}
