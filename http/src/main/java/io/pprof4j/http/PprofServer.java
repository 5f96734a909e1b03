// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A listener for profiles only; does not keep the JVM alive, and costs next to nothing until the
 * first client comes.
 */
public final class PprofServer implements AutoCloseable {
  private static final int MAX_READERS = 64;

  private final LateServer server;

  private PprofServer(LateServer server) {
    this.server = server;
  }

  /** Starts a server, whose clients must send their requests within a time. */
  static PprofServer start(InetSocketAddress local, PprofHandler handler, Duration requestTime)
      throws IOException {
    Relays relays = new Relays();
    return new PprofServer(
        new LateServer(local, () -> server(handler, relays, requestTime), relays));
  }

  private static HttpServer server(PprofHandler handler, Relays relays, Duration requestTime)
      throws IOException {
    HttpServer server = HttpServer.create();
    server.createContext(
        "/",
        exchange -> {
          InetSocketAddress client = relays.clientOf(exchange.getRemoteAddress());
          handler.handle(new JdkExchange(exchange, Pprof.PATH, client), exchange::close);
        });
    server.setExecutor(readers(requestTime));
    return server;
  }

  /**
   * Reads requests, each on its own thread: a slow client holds up nobody else, and none for long.
   * Answers are given on other threads.
   */
  private static Executor readers(Duration requestTime) {
    RequestThreads threads =
        new RequestThreads("pprof4j-http-reader", MAX_READERS, Integer.MAX_VALUE);
    ScheduledExecutorService clock = Vigil.newClock();
    return work ->
        threads.execute(
            () -> {
              Deadline deadline = Deadline.in(requestTime, clock);
              try {
                work.run();
              } finally {
                deadline.lift();
              }
            });
  }

  /** The address that is bound, with the port that was chosen. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Where the index page is: {@code http://localhost:6060/debug/pprof/}. */
  public String url() {
    InetAddress bound = address().getAddress();
    boolean isLocalhost = bound.isAnyLocalAddress() || isNamedLocalhost(bound);
    String host = isLocalhost ? "localhost" : address().getHostString();
    if (host.indexOf(':') >= 0) {
      host = "[" + host + "]";
    }
    return "http://%s:%d%s/".formatted(host, address().getPort(), Pprof.PATH);
  }

  /** Of the loopback addresses only these have the name everywhere; 127.0.0.2 has none. */
  private static boolean isNamedLocalhost(InetAddress address) {
    return Set.of("127.0.0.1", "0:0:0:0:0:0:0:1").contains(address.getHostAddress());
  }

  /** Stops listening; what is being answered is cut off. */
  @Override
  public void close() {
    server.close();
  }
}
