// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  @TempDir Path directory;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = start("localhost");
  }

  private WebServer start(String host) throws IOException {
    FlameProfiles profile =
        new FlameProfiles().sample(5, "main", "shop.sell").sample(3, "main", "shop.buy");
    return start(host, profile.build());
  }

  private WebServer start(String host, Profile profile) throws IOException {
    WebSession session =
        new WebSession(
            profile,
            ReportOptions.defaults(),
            ReportContext.plain(message -> {}),
            directory.resolve("settings.json"));
    return WebServer.start(session, host, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int port() {
    return URI.create(server.url()).getPort();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port());
  }

  /** Sends text as it is and reads until the server ends the connection. */
  private String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String get(String target, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return raw(
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n%sConnection: close\r\n\r\n"
            .formatted(target, port(), more));
  }

  @Test
  void understandsAddressesAsTheyAreTyped() throws IOException {
    assertThat(get("/ui/top?f=sell|^nothing{2}")).startsWith("HTTP/1.1 200").contains("shop.sell");
    assertThat(get("/ui/top?f=söll")).startsWith("HTTP/1.1 200");
  }

  @Test
  void answersSeveralRequestsOnOneConnection() throws IOException {
    String first = "GET /ui/top HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String second =
        first.replace("GET", "HEAD").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

    String answers = raw(first + second);

    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    assertThat(answers.substring(answers.lastIndexOf("HTTP/1.1"))).doesNotContain("<html");
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    assertThat(raw("hello\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("GET /ui/top HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /ui/top HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\n\r\n"))
        .doesNotContain("200 OK");
  }

  @Test
  void answersOthersWhileOneClientIsSlow() throws IOException {
    try (Socket slow = connect()) {
      slow.getOutputStream().write("GET /ui/top HT".getBytes(UTF_8));
      assertThat(get("/ui/top")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void letsBrowsersKeepScriptsForEver() throws IOException {
    String page = get("/ui/top");
    String script = page.replaceAll("(?s).*src=\"(static/[0-9a-f]+/app.js)\".*", "$1");

    assertThat(get("/ui/" + script)).contains("Cache-Control: public, max-age=31536000, immutable");
    assertThat(get("/ui/" + script, "Accept-Encoding: gzip")).contains("Content-Encoding: gzip");
    assertThat(get("/ui/static/0/app.js")).startsWith("HTTP/1.1 404");
    assertThat(get("/ui/" + script.replace("app.js", "../app.js"))).startsWith("HTTP/1.1 404");
    assertThat(page).contains("Cache-Control: no-store");
  }

  @Test
  void allowsNothingInPagesButWhatIsOurs() throws IOException {
    assertThat(get("/ui/top"))
        .containsPattern(
            "Content-Security-Policy: default-src 'none'; script-src 'nonce-[^']+'; style-src"
                + " 'nonce-")
        .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff")
        .doesNotContain("unsafe");
  }

  @Test
  void stopsSlowExpressionsByNotHavingThem() throws IOException {
    long started = System.nanoTime();
    assertThat(get("/ui/top?f=(.*a){12}$")).startsWith("HTTP/1.1 200");
    assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
  }

  @Test
  void offersAnotherViewOfWhatIsTooLargeToDraw() throws IOException {
    server.close();
    FlameProfiles profile = new FlameProfiles();
    for (int function = 0; function < 5_000; function++) {
      profile.sample(1, "main", "com.acme.Class" + function + ".work");
    }
    server = start("localhost", profile.build());

    assertThat(get("/ui/graph?trim=f"))
        .contains("A graph of 5001 nodes is too large to draw", "./flamegraph?")
        .doesNotContain("<svg");
    assertThat(get("/ui/graph?n=80&nf=0")).contains("<svg");
  }

  @Test
  void asksOtherMachinesForTheToken() throws IOException {
    server.close();
    server = start("0.0.0.0");
    String token = server.openingUrl().getQuery();

    assertThat(server.isLocal()).isFalse();
    assertThat(get("/ui/top")).startsWith("HTTP/1.1 403");
    String opened = get("/ui/?" + token + "&f=x");
    assertThat(opened).startsWith("HTTP/1.1 301").contains("Location: flamegraph?f=x\r\n");
    String cookie = opened.replaceAll("(?s).*Set-Cookie: ([^;]+);.*", "$1");
    assertThat(opened).contains("HttpOnly; SameSite=Strict");
    assertThat(get("/ui/top", "Cookie: other=1; " + cookie)).startsWith("HTTP/1.1 200");
  }
}
