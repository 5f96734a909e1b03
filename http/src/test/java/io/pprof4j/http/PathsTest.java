// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which paths lead where; every answer here is that of Go 1.26. */
class PathsTest {
  @Test
  void sendsDetoursOnWhateverTheMethod() throws IOException {
    try (PprofServer server = Pprof.listen("localhost:0")) {
      HttpTalk talk = new HttpTalk(server.address());

      for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
        HttpTalk.Answer answer = talk.send(method, "/debug//pprof/heap?a=b", Map.of());

        assertThat(answer.status()).as(method).isEqualTo(307);
        assertThat(answer.header("Location")).isEqualTo("/debug/pprof/heap?a=b");
        assertThat(answer.text().isEmpty()).as(method).isEqualTo(!method.equals("GET"));
      }
      assertThat(talk.get("/debug/pprof/../..").header("Location")).isEqualTo("/");
      assertThat(talk.get("/debug/pprof/heap/..").header("Location")).isEqualTo("/debug/pprof/");
    }
  }

  @Test
  void anEncodedSlashOrDotIsPartOfAName() throws IOException {
    try (PprofServer server = Pprof.listen("localhost:0")) {
      HttpTalk talk = new HttpTalk(server.address());

      for (String name : List.of("%2fheap", "%2e%2e/heap", "%2e/heap", "x%2f../heap", "%ff")) {
        HttpTalk.Answer answer = talk.get("/debug/pprof/" + name);

        assertThat(answer.status()).as(name).isEqualTo(404);
        assertThat(answer.text()).as(name).isEqualTo("Unknown profile\n");
      }
      assertThat(talk.get("/debug%2fpprof/heap").text()).isEqualTo("404 page not found\n");
      assertThat(talk.get("/debug/%70prof/%68eap?debug=1").status()).isEqualTo(200);
    }
  }

  @Test
  void bytesThatAreNoTextAreAValueNonetheless() throws IOException {
    try (PprofServer server = Pprof.listen("localhost:0")) {
      HttpTalk talk = new HttpTalk(server.address());

      assertThat(talk.get("/debug/pprof/heap?seconds=%ff").status()).isEqualTo(400);
      assertThat(talk.get("/debug/pprof/heap?debug=%ff").status()).isEqualTo(200);
    }
  }

  @Test
  void headTellsTheLengthOfAnError() throws IOException {
    try (PprofServer server = Pprof.listen("localhost:0")) {
      HttpTalk talk = new HttpTalk(server.address());

      assertThat(talk.send("HEAD", "/debug/pprof/nosuch", Map.of()).header("Content-Length"))
          .isEqualTo("16");
      assertThat(talk.send("HEAD", "/debug/pprof/profile", Map.of()).header("Content-Length"))
          .isEmpty();
    }
  }

  @Test
  void asksForSymbolsBesideAProfileWithASlashInItsName() throws IOException {
    try (PprofServer server = Pprof.listen("localhost:0")) {
      HttpTalk talk = new HttpTalk(server.address());

      assertThat(talk.send("POST", "/debug/pprof/com.acme/symbol", Map.of(), "0x1").text())
          .isEqualTo("num_symbols: 1\n");
      assertThat(talk.get("/debug/pprof/com.acme/symbol").status()).isEqualTo(404);
      assertThat(talk.send("POST", "/debug/pprof/com.acme/heap", Map.of()).status()).isEqualTo(405);
    }
  }

  @Test
  void aNameWithAColonIsNoScheme() {
    assertThat(UrlPath.relative("jdbc:pool/x")).isEqualTo("./jdbc:pool/x");
    assertThat(UrlPath.relative("com.acme/a:b")).isEqualTo("com.acme/a:b");
    assertThat(UrlPath.relative("a b")).isEqualTo("a%20b");
  }

  @Test
  void knowsItsPathsFromThoseOfTheApplication() {
    for (String ours :
        List.of("", "/", "/heap", "//heap", "/%68eap", "/../..", "/x/../heap", "/./")) {
      assertThat(PprofEndpoint.answers("/debug/pprof", "/debug/pprof" + ours)).as(ours).isTrue();
    }
    for (String ours :
        List.of("//debug/pprof/", "/x/../debug/pprof", "/%64ebug/pprof/heap", "/debug/fgprof")) {
      assertThat(PprofEndpoint.answers("/debug/pprof", ours)).as(ours).isTrue();
    }
    for (String other :
        List.of("/", "/debug", "/debug/", "/debug/pprofx", "/debug%2fpprof/", "/%zz", "//")) {
      assertThat(PprofEndpoint.answers("/debug/pprof", other)).as(other).isFalse();
    }
  }
}
