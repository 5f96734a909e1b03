// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationTest {
  private static final String SECRET = "correct-horse-battery";
  private static final PprofOptions OPTIONS =
      PprofOptions.defaults().withToken(AccessToken.of(SECRET));

  private PprofServer server;
  private HttpTalk talk;

  @BeforeEach
  void listen() throws IOException {
    server = Pprof.listen("localhost:0", OPTIONS);
    talk = new HttpTalk(server.address());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpTalk.Answer getWith(String header, String value) throws IOException {
    return talk.send("GET", "/debug/pprof/cmdline", Map.of(header, value));
  }

  private static String basic(String pair) {
    return "Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void turnsAwayWhoDoesNotKnowTheToken() throws IOException {
    for (String path : new String[] {"/debug/pprof/", "/debug/pprof/heap", "/debug/fgprof", "/x"}) {
      HttpTalk.Answer answer = talk.get(path);

      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("Bearer", "Basic");
      assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
      assertThat(answer.text()).startsWith("unauthorized: ");
    }
    assertThat(getWith("Authorization", "Bearer wrong-horse-battery").status()).isEqualTo(401);
    assertThat(getWith("Authorization", "Bearer").status()).isEqualTo(401);
    assertThat(getWith("Authorization", basic("user:wrong")).status()).isEqualTo(401);
    assertThat(getWith("Authorization", "Basic %%%").status()).isEqualTo(401);
    assertThat(getWith("Cookie", "pprof4j=" + SECRET).status()).isEqualTo(401);
    assertThat(talk.get("/debug/pprof/cmdline?token=").status()).isEqualTo(401);
  }

  @Test
  void takesTheTokenInAHeader() throws IOException {
    assertThat(getWith("Authorization", "Bearer " + SECRET).status()).isEqualTo(200);
    assertThat(getWith("Authorization", "bearer " + SECRET).status()).isEqualTo(200);
    // go tool pprof http://any:token@host/
    assertThat(getWith("Authorization", basic("any:" + SECRET)).status()).isEqualTo(200);
  }

  @Test
  void takesTheTokenInTheQueryAndThenACookie() throws IOException {
    HttpTalk.Answer first = talk.get("/debug/pprof/cmdline?token=" + SECRET);

    assertThat(first.status()).isEqualTo(200);
    String cookie = first.header("Set-Cookie");
    assertThat(cookie).endsWith("; Path=/debug/pprof; HttpOnly; SameSite=Strict");
    assertThat(cookie).doesNotContain(SECRET);
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(getWith("Cookie", "other=1; " + pair).status()).isEqualTo(200);
    assertThat(getWith("Cookie", pair + "0").status()).isEqualTo(401);
  }

  @Test
  void leavesNoTokenInAPersonsAddressBar() throws IOException {
    HttpTalk.Answer answer =
        talk.send(
            "GET",
            "/debug/pprof/heap?debug=1&token=" + SECRET + "&gc=0",
            Map.of("Sec-Fetch-Mode", "navigate"));

    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.header("Location")).isEqualTo("/debug/pprof/heap?debug=1&gc=0");
    assertThat(answer.header("Set-Cookie")).startsWith("pprof4j=");
    assertThat(Authentication.withoutToken("%74oken=x&a=b")).isEqualTo("a=b");
  }

  @Test
  void letsOtherMachinesReachAListenerThatAsks() throws IOException {
    try (PprofServer open = Pprof.listen("0.0.0.0:0", OPTIONS)) {
      HttpTalk anyName = new HttpTalk(open.address());
      Map<String, String> headers =
          Map.of("Host", "a-name-of-mine", "Authorization", "Bearer " + SECRET);

      assertThat(anyName.send("GET", "/debug/pprof/cmdline", headers).status()).isEqualTo(200);
      assertThat(anyName.get("/debug/pprof/cmdline").status()).isEqualTo(401);
    }
  }

  @Test
  void stillAnswersToItsOwnNamesOnlyOnThisMachine() throws IOException {
    Map<String, String> headers =
        Map.of("Host", "evil.example", "Authorization", "Bearer " + SECRET);

    assertThat(talk.send("GET", "/debug/pprof/cmdline", headers).status()).isEqualTo(403);
  }

  @Test
  void readsATokenFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), SECRET + "\n");

    AccessToken token = AccessToken.read(file);

    assertThat(token).isEqualTo(AccessToken.of(SECRET)).hasSameHashCodeAs(AccessToken.of(SECRET));
    assertThat(token).isNotEqualTo(AccessToken.of(SECRET + "!"));
    assertThat(OPTIONS.toString()).doesNotContain(SECRET);
  }

  @Test
  void refusesTokensThatCanBeGuessedOrCannotBeSent() {
    assertThatThrownBy(() -> AccessToken.of("fifteen-letters"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a token must have at least 16 characters, not 15");
    assertThatThrownBy(() -> AccessToken.of("with a space in it"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
