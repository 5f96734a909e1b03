// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PprofListenTest {
  private PprofServer server;
  private HttpTalk talk;

  @BeforeEach
  void listen() throws IOException {
    server = Pprof.listen("localhost:0");
    talk = new HttpTalk(server.address());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsAnIndexOfAllProfiles() throws IOException {
    HttpTalk.Answer index = talk.get("/debug/pprof/");

    assertThat(index.status()).isEqualTo(200);
    assertThat(index.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(index.text())
        .contains("<td><a href='goroutine?debug=1'>goroutine</a></td>")
        .contains("<a href=\"goroutine?debug=2\">full goroutine stack dump</a>");
  }

  @Test
  void protectsEveryAnswerByHeaders() throws IOException {
    for (String path : new String[] {"", "cmdline", "goroutine", "nosuch", "heap?seconds=x"}) {
      HttpTalk.Answer answer = talk.get("/debug/pprof/" + path);

      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }
  }

  @Test
  void refusesForeignHostNames() throws IOException {
    HttpTalk.Answer rebound = talk.send("GET", "/debug/pprof/", Map.of("Host", "evil.example"));

    assertThat(rebound.status()).isEqualTo(403);
    assertThat(rebound.header("X-Go-Pprof")).isEqualTo("1");
    assertThat(talk.send("GET", "/debug/pprof/", Map.of("Host", "127.0.0.1:1")).status())
        .isEqualTo(200);
    assertThat(talk.send("GET", "/debug/pprof/", Map.of("Host", "[::1]:6060")).status())
        .isEqualTo(200);
  }

  @Test
  void answersClientsWithoutAHostHeader() throws IOException {
    assertThat(talk.old("/debug/pprof/cmdline").status()).isEqualTo(200);
  }

  @Test
  void refusesWhatForeignPagesAskFor() throws IOException {
    assertThat(asBrowser(Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")))
        .isEqualTo(403);
    assertThat(asBrowser(Map.of("Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors")))
        .isEqualTo(403);
    assertThat(asBrowser(Map.of("Origin", "http://evil.example"))).isEqualTo(403);
    assertThat(asBrowser(Map.of("Origin", "null"))).isEqualTo(403);
    assertThat(asBrowser(Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")))
        .isEqualTo(200);
    assertThat(asBrowser(Map.of("Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors")))
        .isEqualTo(200);
    assertThat(asBrowser(Map.of("Origin", "http://" + talk.authority()))).isEqualTo(200);
  }

  private int asBrowser(Map<String, String> headers) throws IOException {
    return talk.send("GET", "/debug/pprof/cmdline", headers).status();
  }

  @Test
  void bindsNoAddressThatOthersReach() {
    assertThatThrownBy(() -> Pprof.listen(":0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other machines reach :0");
    assertThatThrownBy(() -> Pprof.listen("0.0.0.0:0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bindsAnyAddressWithConsent() throws IOException {
    PprofOptions options =
        PprofOptions.defaults().withRemoteAccess(PprofOptions.RemoteAccess.UNAUTHENTICATED);

    try (PprofServer open = Pprof.listen("0.0.0.0:0", options)) {
      assertThat(open.address().getAddress().isAnyLocalAddress()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:0", "127.0.0.1:0", "127.0.0.2:0"})
  void tellsTheUrlUnderWhichItCanBeReached(String address) throws IOException {
    try (PprofServer bound = Pprof.listen(address)) {
      URL url = URI.create(bound.url()).toURL();

      assertThat(((HttpURLConnection) url.openConnection()).getResponseCode()).isEqualTo(200);
    }
  }

  @Test
  void saysWhatAnAddressMustLookLike() {
    assertThatThrownBy(() -> Pprof.listen("localhost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
    assertThatThrownBy(() -> Pprof.listen("localhost:70000"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPortThatIsTakenIsAnIoError() {
    assertThatThrownBy(() -> Pprof.listen("localhost:" + server.address().getPort()))
        .isInstanceOf(IOException.class);
  }

  /** Its connection is older than the server. */
  @Test
  void streamsAWindowToTheFirstClient() throws IOException {
    HttpTalk.Answer window = talk.get("/debug/pprof/goroutine?seconds=1");

    assertThat(window.status()).isEqualTo(200);
    assertThat(Profile.read(new ByteArrayInputStream(window.bytes())).samples()).isNotEmpty();
  }

  @Test
  void isOutOfReachAfterClosing() throws IOException {
    server.close();

    assertThatThrownBy(() -> talk.get("/debug/pprof/")).isInstanceOf(IOException.class);
  }
}
