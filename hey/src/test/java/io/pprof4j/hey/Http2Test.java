// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http2Test {
  private static HeyBuilder load(Http2Server server, int requests, int workers) {
    return Hey.builder()
        .url(server.url())
        .http2PriorKnowledge()
        .requests(requests)
        .workers(workers)
        .threads(1);
  }

  @Test
  void sharesOneConnectionAndSendsWhatHttp1Sends() throws Exception {
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> connection.respond(stream, 200, 10, "x-y", "z");
    try (Http2Server server = new Http2Server(handler)) {
      Report report = load(server, 500, 20).header("X-A", "b").build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 500L));
      assertThat(report.bytes()).isEqualTo(5000);
      assertThat(server.connections).hasValue(1);
      assertThat(server.requests.get(499))
          .contains(
              ":method: GET",
              ":path: /path?q",
              ":scheme: http",
              "user-agent: hey/0.0.1",
              "content-type: text/html",
              "x-a: b",
              "accept-encoding: gzip")
          .noneMatch(field -> field.startsWith("connection") || field.startsWith("host"));
    }
  }

  @Test
  void sendsLargeBodiesByThePeersWindow() throws Exception {
    AtomicInteger received = new AtomicInteger();
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> {
          received.addAndGet(body);
          connection.respond(stream, 204, 0);
        };
    // SETTINGS_INITIAL_WINDOW_SIZE of 1,000 bytes.
    try (Http2Server server = new Http2Server(handler, 4, 1000)) {
      Report report = load(server, 4, 2).method("POST").body(new byte[200_000]).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).isEqualTo(Map.of(204, 4L));
      assertThat(received).hasValue(800_000);
    }
  }

  @Test
  void takesBodiesLargerThanItsOwnWindow() throws Exception {
    int size = 9 << 20;
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> connection.respond(stream, 200, size);
    try (Http2Server server = new Http2Server(handler)) {
      Report report = load(server, 3, 1).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.bytes()).isEqualTo(3L * size);
    }
  }

  @Test
  void opensMoreConnectionsWhereStreamsAreFew() throws Exception {
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> connection.respond(stream, 200, 1);
    // SETTINGS_MAX_CONCURRENT_STREAMS of 3, and no dynamic table.
    try (Http2Server server = new Http2Server(handler, 3, 3, 1, 0)) {
      Report report = load(server, 300, 9).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.requests()).isEqualTo(300);
    }
  }

  @Test
  void repeatsRefusedStreamsAndReportsResetOnes() throws Exception {
    AtomicInteger number = new AtomicInteger();
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> {
          switch (number.incrementAndGet()) {
            case 1 -> connection.frame(3, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 7);
            case 3 -> connection.frame(3, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 2);
            default -> connection.respond(stream, 200, 0);
          }
        };
    try (Http2Server server = new Http2Server(handler)) {
      Report report = load(server, 3, 1).build().run();

      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 2L));
      assertThat(report.errors().keySet())
          .containsExactly(
              "Get \""
                  + server.url()
                  + "\": stream error: stream ID 5; INTERNAL_ERROR; received from peer");
    }
  }

  @Test
  void goesOnElsewhereAfterGoAway() throws Exception {
    AtomicInteger number = new AtomicInteger();
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> {
          connection.respond(stream, 200, 0);
          if (number.incrementAndGet() % 5 == 0) {
            connection.frame(
                7,
                0,
                0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) stream,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0);
          }
        };
    try (Http2Server server = new Http2Server(handler)) {
      Report report = load(server, 20, 1).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 20L));
      assertThat(server.connections.get()).isGreaterThan(1);
    }
  }

  @Test
  void followsRedirectsAndGivesUpByTime() throws Exception {
    Http2Server.Handler handler =
        (connection, stream, fields, body) -> {
          if (fields.contains(":path: /path?q")) {
            connection.respond(stream, 302, 0, "location", "/hang");
          }
        };
    try (Http2Server server = new Http2Server(handler)) {
      Report report = load(server, 1, 1).timeout(Duration.ofMillis(200)).build().run();

      assertThat(report.errors().keySet())
          .singleElement()
          .asString()
          .contains("/hang\": context deadline exceeded");
    }
  }

  @Test
  void refusesAServerThatDoesNotSpeakHttp2() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      Report report =
          Hey.builder()
              .url(server.url())
              .http2PriorKnowledge()
              .requests(1)
              .workers(1)
              .build()
              .run();

      assertThat(report.successes()).isZero();
      assertThat(report.failures()).isEqualTo(1);
    }
  }
}
