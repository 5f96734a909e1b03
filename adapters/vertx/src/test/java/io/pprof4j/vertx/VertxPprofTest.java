// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.http.PprofOptions;
import io.pprof4j.profile.Profile;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The profiles in a Vert.x server, beside an application. */
class VertxPprofTest {
  private final Vertx vertx = Vertx.vertx();
  private int port;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void listen(Handler<HttpServerRequest> handler) {
    listen(handler, new HttpServerOptions());
  }

  private void listen(Handler<HttpServerRequest> handler, HttpServerOptions options) {
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(handler)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    port = server.actualPort();
  }

  private static void application(HttpServerRequest request) {
    request.response().end("the application");
  }

  private record Answer(int statusCode, String location, String body) {}

  private Answer get(String path) throws IOException {
    return answer(connect(path));
  }

  private HttpURLConnection connect(String path) throws IOException {
    URI address = URI.create("http://localhost:" + port + path);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, String.valueOf(connection.getHeaderField("Location")), body);
    }
  }

  @Test
  void answersBesideTheApplication() throws Exception {
    listen(VertxPprof.mount(VertxPprofTest::application));

    assertThat(get("/debug/pprof/cmdline").body()).contains("java");
    assertThat(get("/debug/fgprof?seconds=0").statusCode()).isEqualTo(400);
    assertThat(get("/debug/pprof/heap?debug=1").body()).startsWith("heap profile: ");
    assertThat(get("/").body()).isEqualTo("the application");
    assertThat(get("/debug/pprofx").body()).isEqualTo("the application");
  }

  @Test
  void sendsDetoursOnAsGoDoes() throws Exception {
    listen(VertxPprof.mount(VertxPprofTest::application));

    for (String detour : List.of("/debug//pprof/heap", "/x/../debug/pprof/heap")) {
      Answer answer = get(detour);

      assertThat(answer.statusCode()).as(detour).isEqualTo(307);
      assertThat(answer.location()).isEqualTo("/debug/pprof/heap");
    }
  }

  @Test
  void readsPostedAddresses() throws Exception {
    listen(VertxPprof.mount(VertxPprofTest::application));

    HttpURLConnection connection = connect("/debug/pprof/symbol");
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write("0x1+0x2".getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(answer(connection).body()).isEqualTo("num_symbols: 1\n");
  }

  @Test
  void closesTheConnectionOfAClientThatDoesNotEndItsBody() throws Exception {
    listen(
        new VertxPprof(
            PprofOptions.defaults(), VertxPprofTest::application, Duration.ofMillis(200)));

    try (Socket socket = new Socket("localhost", port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /debug/pprof/symbol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n0x"
              .getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void keepsTheConnectionOfAClientWhoseBodyCame() throws Exception {
    listen(
        new VertxPprof(
            PprofOptions.defaults(), VertxPprofTest::application, Duration.ofMillis(500)));

    try (Socket socket = new Socket("localhost", port)) {
      String post = "POST /debug/pprof/symbol HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n0x1";
      String get =
          "GET /debug/pprof/wall?seconds=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((post + get).getBytes(StandardCharsets.US_ASCII));

      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answers).containsPattern("(?s)HTTP/1.1 200 OK.*HTTP/1.1 200 OK.*\r\n0\r\n\r\n$");
    }
  }

  /** The answer for those who come when too many are waiting is given by the event loop itself. */
  @Test
  void anAnswerOnTheEventLoopDoesNotWaitForItself() throws Exception {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    listen(
        request -> {
          VertxExchange exchange = new VertxExchange(request, new byte[0]);
          try (OutputStream body = exchange.respond(429, Map.of(), 5)) {
            body.write("later".getBytes(StandardCharsets.US_ASCII));
          } catch (IOException e) {
            written.completeExceptionally(e);
          }
          written.complete(true);
        });

    Answer answer = get("/");

    assertThat(written.get()).isTrue();
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).isEqualTo("later");
  }

  @Test
  void aWindowOutlastsTheTimeoutOfIdleConnections() throws Exception {
    listen(
        VertxPprof.mount(VertxPprofTest::application), new HttpServerOptions().setIdleTimeout(4));

    try (InputStream in = connect("/debug/pprof/wall?seconds=6").getInputStream()) {
      assertThat(Profile.read(in).sampleTypes()).hasSize(2);
    }
  }

  @Test
  void manyRequestsAtOnceDoNotStopTheApplication() throws Exception {
    listen(VertxPprof.mount(PprofOptions.defaults(), VertxPprofTest::application));
    ExecutorService clients = Executors.newFixedThreadPool(100);
    List<Future<Answer>> profiles = new ArrayList<>();
    try {
      for (int count = 0; count < 400; count++) {
        String path = count % 2 == 0 ? "/debug/pprof/threadcreate" : "/debug/pprof/";
        profiles.add(clients.submit(() -> get(path)));
      }

      assertThat(get("/").body()).isEqualTo("the application");
      for (Future<Answer> profile : profiles) {
        assertThat(profile.get().statusCode()).isEqualTo(200);
      }
    } finally {
      clients.shutdownNow();
    }
  }
}
