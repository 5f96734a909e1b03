// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LateServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Relays relays = new Relays();
  private final AtomicInteger made = new AtomicInteger();
  private final List<Socket> clients = new ArrayList<>();
  private LateServer server;

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
  }

  /** A server that answers with the address of who asks. */
  private HttpServer make() throws IOException {
    made.incrementAndGet();
    HttpServer jdk = HttpServer.create();
    jdk.createContext(
        "/",
        exchange -> {
          byte[] body =
              relays
                  .clientOf(exchange.getRemoteAddress())
                  .toString()
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return jdk;
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(server.address().getAddress(), server.address().getPort());
    clients.add(client);
    return client;
  }

  private static void ask(Socket client) throws IOException {
    client
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** The body of an answer: its one line that is neither a status nor a header. */
  private static String answer(Socket client, int length) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
    String line;
    do {
      line = in.readLine();
    } while (line != null && !line.isEmpty());
    char[] body = new char[length];
    int read = 0;
    while (read < length) {
      read += in.read(body, read, length - read);
    }
    return new String(body);
  }

  private static void assertServed(Socket client) throws IOException {
    String self = client.getLocalSocketAddress().toString();
    ask(client);
    assertThat(answer(client, self.length())).isEqualTo(self);
  }

  @Test
  void isMadeWhenTheFirstClientComes() throws IOException {
    server = new LateServer(ANY, this::make, relays);
    assertThat(made).hasValue(0);

    assertServed(connect());
    assertServed(connect());

    assertThat(made).hasValue(1);
  }

  @Test
  void servesThoseWhoCameBeforeIt() throws IOException {
    CountDownLatch haveCome = new CountDownLatch(1);
    server =
        new LateServer(
            ANY,
            () -> {
              awaitQuietly(haveCome);
              return make();
            },
            relays);
    for (int client = 0; client < 20; client++) {
      ask(connect());
    }
    haveCome.countDown();

    for (Socket client : clients) {
      String self = client.getLocalSocketAddress().toString();
      assertThat(answer(client, self.length())).isEqualTo(self);
    }
    // Their connections last, and newer ones are the server's own.
    assertServed(clients.get(0));
    assertServed(connect());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isTriedAgainForTheNextClient() throws IOException {
    server =
        new LateServer(
            ANY,
            () -> {
              if (made.getAndIncrement() == 0) {
                throw new IOException("no file left");
              }
              return make();
            },
            relays);

    assertThat(connect().getInputStream().read()).isEqualTo(-1);
    assertServed(connect());
  }

  @Test
  void forgetsClientsThatHaveGone() throws IOException {
    server = new LateServer(ANY, this::make, relays);
    Socket first = connect();
    assertServed(first);
    assertThat(relays.size()).isEqualTo(1);

    first.close();

    while (relays.size() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void freesItsPortThoughNobodyCame() throws IOException {
    server = new LateServer(ANY, this::make, relays);
    server.close();

    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    new LateServer(server.address(), this::make, relays).close();
  }
}
