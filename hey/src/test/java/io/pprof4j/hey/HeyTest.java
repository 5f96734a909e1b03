// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HeyTest {
  @ParameterizedTest
  @CsvSource({"5,2", "200,3", "1,1", "7,7", "100,64"})
  void sendsExactlyAsManyRequestsAsAskedFor(int requests, int workers) throws Exception {
    try (TestServer server = TestServer.answering("hello")) {
      Report report =
          Hey.builder().url(server.url()).requests(requests).workers(workers).build().run();

      assertThat(server.count()).isEqualTo(requests);
      assertThat(report.requests()).isEqualTo(requests);
      assertThat(report.statusCodes()).containsOnly(Map.entry(200, (long) requests));
      assertThat(report.bytes()).isEqualTo(5L * requests);
      assertThat(server.connections()).isLessThanOrEqualTo(workers);
    }
  }

  @Test
  void keepsMoreThanFiveHundredConnections() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Hey.builder().url(server.url()).requests(2400).workers(600).build().run();

      assertThat(server.connections()).isLessThanOrEqualTo(600);
      assertThat(server.count()).isEqualTo(2400);
    }
  }

  @Test
  void sendsWhatGoSends() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Hey.builder()
          .url(server.url().replace("http://", "http://me:pw@") + "a b?q=1")
          .method("post")
          .header("x-second", "2")
          .header("X-First", "1")
          .body("hi")
          .requests(1)
          .workers(1)
          .build()
          .run();

      assertThat(server.requests().get(0).line()).isEqualTo("POST /a%20b?q=1 HTTP/1.1");
      assertThat(server.requests().get(0).fields())
          .containsExactly(
              "Host: 127.0.0.1:" + server.port(),
              "User-Agent: hey/0.0.1",
              "Content-Length: 2",
              "Authorization: Basic bWU6cHc=",
              "Content-Type: text/html",
              "X-First: 1",
              "X-Second: 2",
              "Accept-Encoding: gzip");
      assertThat(server.requests().get(0).body()).isEqualTo("hi");
    }
  }

  @Test
  void sendsAllHeadersOfOneName() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Hey.builder()
          .url(server.url())
          .header("X-A", "1")
          .header("x-a", "2")
          .header("x.dotted", "")
          .header("Content-Type", "a/b")
          .header("content-type", "c/d")
          .requests(1)
          .workers(1)
          .build()
          .run();

      assertThat(server.requests().get(0).fields())
          .contains("X-A: 1", "X-A: 2", "X.dotted: ", "Content-Type: c/d")
          .doesNotContain("Content-Type: a/b", "Content-Type: text/html");
    }
  }

  @Test
  void countsTheBytesOfChunkedBodies() throws Exception {
    byte[] chunked =
        TestServer.raw(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
    try (TestServer server = TestServer.start(request -> chunked)) {
      Report report = Hey.builder().url(server.url()).requests(4).workers(1).build().run();

      assertThat(report.bytes()).isEqualTo(20);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void reportsEachKindOfFailureOnceWithItsCount() throws Exception {
    Report report =
        Hey.builder().url("http://127.0.0.1:1/%20b").requests(6).workers(2).build().run();

    assertThat(report.successes()).isZero();
    assertThat(report.errors())
        .containsOnly(
            Map.entry(
                "Get \"http://127.0.0.1:1/%20b\": dial tcp 127.0.0.1:1: connect: connection refused",
                6L));
  }

  @Test
  void refusesSchemesOnlyWhenRequesting() throws Exception {
    Report report = Hey.builder().url("localhost:8080").requests(2).workers(1).build().run();

    assertThat(report.errors())
        .containsOnly(
            Map.entry("Get \"localhost:8080\": unsupported protocol scheme \"localhost\"", 2L));
  }

  @Test
  void repeatsARequestWhoseKeptConnectionWasClosed() throws Exception {
    try (TestServer server = TestServer.answering("x").closingSilently()) {
      Report report = Hey.builder().url(server.url()).requests(20).workers(2).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).containsOnly(Map.entry(200, 20L));
    }
  }

  @Test
  void reportsBodiesThatEndEarly() throws Exception {
    byte[] cut = TestServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    try (TestServer server = TestServer.start(request -> cut).closingSilently()) {
      Report report = Hey.builder().url(server.url()).requests(2).workers(1).build().run();

      assertThat(report.errors())
          .containsOnly(Map.entry("Get \"" + server.url() + "\": unexpected EOF", 2L));
    }
  }

  @Test
  void givesUpAfterTheTimeout() throws Exception {
    try (TestServer server = TestServer.start(request -> new byte[0])) {
      Report report =
          Hey.builder()
              .url(server.url())
              .timeout(Duration.ofMillis(100))
              .requests(2)
              .workers(2)
              .build()
              .run();

      assertThat(report.errors().keySet())
          .containsExactly(
              "Get \""
                  + server.url()
                  + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
      assertThat(report.total()).isBetween(Duration.ofMillis(95), Duration.ofSeconds(10));
    }
  }

  @Test
  void endsOnTimeEvenIfTheServerHangs() throws Exception {
    try (TestServer server = TestServer.start(request -> new byte[0])) {
      Report report =
          Hey.builder().url(server.url()).duration(Duration.ofMillis(200)).workers(3).build().run();

      assertThat(report.unfinished()).isEqualTo(3);
      assertThat(report.requests()).isZero();
      assertThat(report.total()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
    }
  }

  @Test
  void stopsAtOnceWhenTold() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    TestServer.Handler hanging =
        request -> {
          arrived.countDown();
          return new byte[0];
        };
    try (TestServer server = TestServer.start(hanging)) {
      Hey hey =
          Hey.builder().url(server.url()).timeout(Duration.ZERO).requests(5).workers(1).build();
      Thread stopper =
          new Thread(
              () -> {
                try {
                  arrived.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                hey.stop();
              });
      stopper.start();

      Report report = hey.run();

      assertThat(report.unfinished()).isEqualTo(1);
      stopper.join();
    }
  }

  @Test
  void followsRedirectsAsGoDoes() throws Exception {
    TestServer.Handler handler =
        request ->
            request.line().contains("/end")
                ? TestServer.response(200, "end")
                : TestServer.response(302, "", "Location: /end?x=1");
    try (TestServer server = TestServer.start(handler)) {
      Report report =
          Hey.builder()
              .url(server.url() + "start")
              .method("POST")
              .body("b")
              .requests(1)
              .workers(1)
              .build()
              .run();

      assertThat(report.statusCodes()).containsOnly(Map.entry(200, 1L));
      assertThat(server.requests().get(1).line()).isEqualTo("GET /end?x=1 HTTP/1.1");
      assertThat(server.requests().get(1).fields())
          .contains("Referer: " + server.url() + "start")
          .noneMatch(field -> field.startsWith("Content-"));
    }
  }

  @Test
  void stopsAfterTenRedirectsAndFollowsNoneIfTold() throws Exception {
    try (TestServer server =
        TestServer.start(request -> TestServer.response(301, "", "Location: /loop"))) {
      HeyBuilder builder = Hey.builder().url(server.url()).requests(1).workers(1);

      assertThat(builder.build().run().errors().keySet())
          .containsExactly("Get \"/loop\": stopped after 10 redirects");
      assertThat(server.count()).isEqualTo(10);
      assertThat(builder.withoutRedirects().build().run().statusCodes()).containsKey(301);
    }
  }

  @Test
  void dropsSecretsWhenRedirectedToAnotherHost() throws Exception {
    try (TestServer other = TestServer.answering("")) {
      String there = "http://localhost:" + other.port() + "/";
      try (TestServer server =
          TestServer.start(request -> TestServer.response(302, "", "Location: " + there))) {
        Hey.builder()
            .url(server.url())
            .basicAuth("u:p")
            .header("Cookie", "a=b")
            .header("X-Kept", "1")
            .requests(1)
            .workers(1)
            .build()
            .run();

        assertThat(server.requests().get(0).fields()).contains("Authorization: Basic dTpw");
        assertThat(other.requests().get(0).fields())
            .contains("X-Kept: 1")
            .noneMatch(field -> field.startsWith("Authorization") || field.startsWith("Cookie"));
      }
    }
  }

  @Test
  void asksAProxyForTheWholeUrl() throws Exception {
    try (TestServer proxy = TestServer.answering("")) {
      Hey.builder()
          .url("http://example.invalid/path")
          .proxy("user:pw@127.0.0.1:" + proxy.port())
          .requests(1)
          .workers(1)
          .build()
          .run();

      assertThat(proxy.requests().get(0).line())
          .isEqualTo("GET http://example.invalid/path HTTP/1.1");
      assertThat(proxy.requests().get(0).fields())
          .contains("Host: example.invalid", "Proxy-Authorization: Basic dXNlcjpwdw==");
    }
  }

  @Test
  void asksAProxyForATunnelToSecureServers() throws Exception {
    try (TestServer proxy = TestServer.start(request -> TestServer.response(403, ""))) {
      Report report =
          Hey.builder()
              .url("https://example.invalid/")
              .proxyFromEnvironment(
                  Map.of("https_proxy", "http://127.0.0.1:" + proxy.port(), "NO_PROXY", "other"))
              .requests(1)
              .workers(1)
              .build()
              .run();

      assertThat(proxy.requests().get(0).line()).isEqualTo("CONNECT example.invalid:443 HTTP/1.1");
      assertThat(report.errors().keySet())
          .containsExactly(
              "Get \"https://example.invalid/\": proxy refused the tunnel with status 403");
    }
  }

  @Test
  void honoursExceptionsFromProxies() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Hey.builder()
          .url(server.url())
          .proxyFromEnvironment(Map.of("HTTP_PROXY", "127.0.0.1:1"))
          .requests(1)
          .workers(1)
          .build()
          .run();

      // As in Go, the own machine is never behind a proxy.
      assertThat(server.count()).isEqualTo(1);
    }
  }

  @Test
  void connectsToUnixSockets(@TempDir Path directory) throws Exception {
    Path socket = directory.resolve("s");
    try (TestServer server = TestServer.onSocket(socket, request -> TestServer.response(204, ""))) {
      Report report =
          Hey.builder()
              .url("http://any.example/x")
              .unixSocket(socket)
              .requests(10)
              .workers(2)
              .build()
              .run();

      assertThat(report.statusCodes()).containsOnly(Map.entry(204, 10L));
      assertThat(server.requests().get(0).fields()).contains("Host: any.example");
    }
    assertThat(Files.exists(socket)).isTrue();
  }

  @Test
  void takesSeveralUrlsInTurn() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Hey.builder()
          .url(server.url() + "a")
          .url(server.url() + "b")
          .url(server.url() + "c")
          .requests(30)
          .workers(4)
          .build()
          .run();

      for (String path : List.of("a", "b", "c")) {
        assertThat(server.requests())
            .filteredOn(request -> request.line().equals("GET /" + path + " HTTP/1.1"))
            .hasSizeBetween(8, 12);
      }
    }
  }

  @Test
  void makesANewConnectionForEachRequestIfTold() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Hey.builder().url(server.url()).withoutKeepAlive().requests(7).workers(2).build().run();

      assertThat(server.connections()).isEqualTo(7);
      assertThat(server.requests().get(0).fields()).contains("Connection: close");
    }
  }

  @Test
  void runsAtRatesBeyondAMillionForEachWorker() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Report report =
          Hey.builder()
              .url(server.url())
              .ratePerWorker(2_000_000)
              .requests(50)
              .workers(2)
              .build()
              .run();

      assertThat(report.requests()).isEqualTo(50);
      assertThat(report.response()).isPresent();
    }
  }

  @Test
  void waitsOnePeriodBeforeTheFirstRequestOfEachWorker() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Report report =
          Hey.builder().url(server.url()).ratePerWorker(20).requests(8).workers(2).build().run();

      // Four requests of each worker, 50 ms apart, the first one after 50 ms.
      assertThat(report.total()).isBetween(Duration.ofMillis(199), Duration.ofSeconds(5));
    }
  }

  @Test
  void warmUpIsNotMeasured() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      Report report =
          Hey.builder()
              .url(server.url())
              .warmup(Duration.ofMillis(100))
              .requests(5)
              .workers(1)
              .build()
              .run();

      assertThat(report.requests()).isEqualTo(5);
      assertThat(server.count()).isGreaterThan(5);
    }
  }

  @Test
  void handsOverEachRequest() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    try (TestServer server = TestServer.answering("abc")) {
      Hey.builder()
          .url(server.url())
          .eachRequest(
              times -> {
                long parts = times.connect() + times.write() + times.delay() + times.read();
                if (times.bytes() == 3 && times.status() == 200 && parts <= times.service()) {
                  seen.incrementAndGet();
                }
              })
          .requests(9)
          .workers(3)
          .build()
          .run();
    }
    assertThat(seen).hasValue(9);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> Hey.builder().build()).hasMessage("no URL");
    assertThatThrownBy(() -> Hey.builder().url("http://x").workers(0).build())
        .hasMessage("workers: 0");
    assertThatThrownBy(() -> Hey.builder().header("a b", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hey.builder().url("http://x").rate(Double.POSITIVE_INFINITY).build())
        .hasMessage("rates must be finite and not negative");
    assertThatThrownBy(() -> Hey.builder().url("127.0.0.1:8080").build())
        .hasMessage("parse \"127.0.0.1:8080\": first path segment in URL cannot contain colon");
  }

  @Test
  void refusesValuesThatWouldEndTheirHeaderField() {
    HeyBuilder builder = Hey.builder();
    String value = "b\r\nc: d";

    assertThatThrownBy(() -> builder.header("a", value))
        .hasMessage("invalid header field value for \"a\": \"b\\r\\nc: d\"");
    assertThatThrownBy(() -> builder.contentType(value)).hasMessageContaining("Content-Type");
    assertThatThrownBy(() -> builder.userAgent(value)).hasMessageContaining("User-Agent");
    assertThatThrownBy(() -> builder.host(value)).hasMessageContaining("Host");
    assertThatThrownBy(() -> builder.accept(value)).hasMessageContaining("Accept");
  }

  @Test
  void doesNothingOnceItWasStopped() throws Exception {
    try (TestServer server = TestServer.answering("hello")) {
      Hey hey = Hey.builder().url(server.url()).requests(3).workers(1).build();
      assertThat(hey.run().successes()).isEqualTo(3);

      hey.stop();

      assertThat(hey.run().successes()).isZero();
      assertThat(server.count()).isEqualTo(3);
    }
  }

  @Test
  void reportsMissingCertificateFiles() {
    assertThatThrownBy(
            () ->
                Hey.builder()
                    .url("https://127.0.0.1:1")
                    .clientCertificate(Path.of("does-not-exist.pem"))
                    .build()
                    .run())
        .isInstanceOf(IOException.class);
  }
}
