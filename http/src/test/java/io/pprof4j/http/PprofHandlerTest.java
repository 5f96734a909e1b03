// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.Rates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PprofHandlerTest {
  private HttpServer server;

  private HttpTalk mount(PprofHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/inside/pprof", handler);
    server.start();
    return new HttpTalk(server.getAddress());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void isBuiltWithLimitsAndAToken() throws IOException {
    HttpTalk talk =
        mount(
            PprofHandler.builder()
                .token(AccessToken.of("a-token-for-a-test"))
                .maxWindow(Duration.ofSeconds(7))
                .maxCollections(3)
                .gcInterval(Duration.ofMinutes(1))
                .hosts("inside.example")
                .build());
    Map<String, String> known =
        Map.of("Host", "inside.example:80", "Authorization", "Bearer a-token-for-a-test");

    assertThat(talk.get("/inside/pprof/").status()).isEqualTo(403);
    assertThat(talk.send("GET", "/inside/pprof/", known).status()).isEqualTo(200);
    assertThat(talk.send("GET", "/inside/pprof/heap?seconds=8", known).text())
        .contains("limit of 7");
  }

  @Test
  void hidesRoutes() throws IOException {
    HttpTalk talk =
        mount(PprofHandler.builder().hide("cmdline", "profile", "heap", "wall").build());

    for (String name : List.of("cmdline", "profile", "cpu", "heap", "delta_heap", "fgprof")) {
      assertThat(talk.get("/inside/pprof/" + name).status()).as(name).isEqualTo(404);
    }
    assertThat(talk.get("/inside/pprof/").text())
        .contains(">allocs<")
        .doesNotContain(">cmdline<", ">profile<", ">heap<");
    assertThat(talk.get("/inside/pprof/allocs?debug=1").status()).isEqualTo(200);
  }

  @Test
  void hidesRoutesUnderAllTheirNames() throws IOException {
    HttpTalk talk =
        mount(PprofHandler.builder().hide("wall", "threads").hide("jfr", "wall").build());

    assertThat(talk.get("/inside/pprof/").text())
        .contains("'cpu'>cpu<", "'delta_heap'>delta_heap<")
        .doesNotContain("fgprof", ">threads<", ">goroutine<", ">trace<", ">jfr<");
    for (String name : List.of("threads", "goroutine", "jfr", "trace", "wall", "fgprof")) {
      assertThat(talk.get("/inside/pprof/" + name + "?debug=1").status()).as(name).isEqualTo(404);
    }
  }

  @Test
  void answersToAllHostsThatWereAdded() throws IOException {
    HttpTalk talk = mount(PprofHandler.builder().hosts("one.example").hosts("two.example").build());

    for (String host : List.of("one.example", "two.example:80")) {
      assertThat(talk.send("GET", "/inside/pprof/", Map.of("Host", host)).status()).isEqualTo(200);
    }
    assertThat(talk.send("GET", "/inside/pprof/", Map.of("Host", "three.example")).status())
        .isEqualTo(403);
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    PprofHandler.Builder builder = PprofHandler.builder();
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);

    assertThatThrownBy(() -> builder.maxWindow(Duration.ofMillis(500)))
        .hasMessage("maxWindow must be PT1S to PT8760H, not PT0.5S");
    assertThatThrownBy(() -> builder.maxWindow(forever)).hasMessageContaining("maxWindow");
    assertThatThrownBy(() -> builder.gcInterval(forever)).hasMessageContaining("gcInterval");
    assertThatThrownBy(() -> builder.maxCollections(Integer.MAX_VALUE))
        .hasMessage("maxCollections must be 1 to 10000, not 2147483647");
  }

  @Test
  void setsRates() {
    Rates rates = Captures.ofThisJvm().rates();
    int hz = rates.cpuProfileRate();
    try {
      PprofHandler handler =
          PprofHandler.builder()
              .cpuProfileRate(250)
              .mutexProfileFraction(5)
              .blockProfileRate(0)
              .memProfileRate(1 << 20)
              .build();

      assertThat(handler).isNotNull();
      assertThat(rates.cpuProfileRate()).isEqualTo(250);
      assertThat(rates.mutexProfileFraction()).isEqualTo(5);
      assertThat(rates.memProfileRate()).isEqualTo(1 << 20);
    } finally {
      rates.setCpuProfileRate(hz);
      rates.setMutexProfileFraction(0);
      rates.setMemProfileRate(512 << 10);
    }
    assertThatThrownBy(() -> PprofHandler.builder().cpuProfileRate(0).build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
