// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that take time or cost something: limits, many at once, clients that leave. */
class CollectionTest {
  private PprofServer server;
  private HttpTalk talk;

  private void listen(PprofOptions options) throws IOException {
    server = Pprof.listen("localhost:0", options);
    talk = new HttpTalk(server.address());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void refusesWindowsAboveTheLimit() throws IOException {
    listen(PprofOptions.defaults());

    for (String path : new String[] {"profile", "heap", "trace", "wall"}) {
      HttpTalk.Answer answer = talk.get("/debug/pprof/" + path + "?seconds=121");

      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.header("X-Go-Pprof")).isEqualTo("1");
      assertThat(answer.text()).contains("limit of 120");
    }
    assertThat(talk.get("/debug/pprof/trace?seconds=inf").status()).isEqualTo(400);
    assertThat(talk.get("/debug/pprof/profile?hz=1001").status()).isEqualTo(400);
  }

  @Test
  void servesManyCpuWindowsAtOnce() throws IOException {
    listen(PprofOptions.defaults());

    CompletableFuture<HttpTalk.Answer> one = profileSoon("/debug/pprof/profile?seconds=2");
    CompletableFuture<HttpTalk.Answer> two = profileSoon("/debug/pprof/profile?seconds=1");

    for (HttpTalk.Answer answer : new HttpTalk.Answer[] {one.join(), two.join()}) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(Profile.read(new ByteArrayInputStream(answer.bytes())).sampleTypes())
          .extracting(Object::toString)
          .anyMatch(type -> type.contains("cpu"));
    }
  }

  private CompletableFuture<HttpTalk.Answer> profileSoon(String target) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return talk.get(target);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void collectsGarbageOnRequestOnlyNowAndThen() throws IOException {
    listen(PprofOptions.defaults().withGcInterval(Duration.ofHours(1)));

    assertThat(talk.get("/debug/pprof/heap?gc=1").status()).isEqualTo(200);
    HttpTalk.Answer storm = talk.get("/debug/pprof/heap?gc=1");

    assertThat(storm.status()).isEqualTo(429);
    assertThat(Integer.parseInt(storm.header("Retry-After"))).isBetween(3500, 3601);
    assertThat(talk.get("/debug/pprof/goroutine?gc=1").status()).isEqualTo(200);
    assertThat(talk.get("/debug/pprof/heap").status()).isEqualTo(200);
  }

  @Test
  void turnsAwayWhatIsTooMuchAtOnceAndGoesOnWhenAClientHasLeft() throws IOException {
    listen(PprofOptions.defaults().withMaxCollections(1));
    Socket leaving = talk.open("GET", "/debug/pprof/profile?seconds=100", Map.of(), "");
    // The first sign of life: it has its turn.
    assertThat(new String(leaving.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200");
    assertThat(talk.get("/debug/pprof/goroutine?seconds=1").status()).isEqualTo(429);

    leaving.close();

    await(() -> talk.get("/debug/pprof/goroutine?seconds=1").status() == 200);
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("time ran out").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aSlowClientHoldsUpNobodyElse() throws IOException {
    listen(PprofOptions.defaults());
    try (Socket slow = new Socket(server.address().getAddress(), server.address().getPort())) {
      slow.getOutputStream()
          .write("GET /debug/pprof/profile?sec".getBytes(StandardCharsets.US_ASCII));

      assertThat(talk.get("/debug/pprof/cmdline").status()).isEqualTo(200);
    }
  }

  @Test
  void answersHeadAtOnceAndWithoutCollecting() throws IOException {
    listen(PprofOptions.defaults());
    long start = System.nanoTime();

    HttpTalk.Answer head = talk.send("HEAD", "/debug/pprof/profile?seconds=60", Map.of());

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Disposition")).isEqualTo("attachment; filename=\"profile\"");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(30).toNanos());
  }

  @Test
  void namesTheAddressesOfTextProfiles() throws IOException {
    listen(PprofOptions.defaults());
    String text = talk.get("/debug/pprof/goroutine?debug=1").text();
    Matcher frame = Pattern.compile("#\t(0x[0-9a-f]+)\t(\\S+)\\+0x").matcher(text);
    assertThat(frame.find()).isTrue();
    long address = Long.decode(frame.group(1));

    String posted =
        talk.send("POST", "/debug/pprof/symbol", Map.of(), frame.group(1) + "+0x1").text();
    String got = talk.get("/debug/pprof/symbol?" + (address - 1)).text();

    assertThat(posted)
        .isEqualTo("num_symbols: 1\n%s %s\n".formatted(frame.group(1), frame.group(2)));
    assertThat(got).contains("0x" + Long.toHexString(address - 1) + " " + frame.group(2));
  }

  @Test
  void recordsOneTraceAtATime() throws IOException {
    listen(PprofOptions.defaults());
    CompletableFuture<HttpTalk.Answer> other = profileSoon("/debug/pprof/trace?seconds=4");

    HttpTalk.Answer one = talk.get("/debug/pprof/trace?seconds=4");

    List<HttpTalk.Answer> answers = List.of(one, other.join());
    assertThat(answers).extracting(HttpTalk.Answer::status).containsExactlyInAnyOrder(200, 429);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 200)
        .allSatisfy(answer -> assertThat(answer.latin1()).startsWith("FLR\0"));
  }
}
