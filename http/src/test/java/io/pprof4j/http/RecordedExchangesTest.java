// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sends what was sent to Go's net/http/pprof, and expects what Go answered. */
class RecordedExchangesTest {
  /** Where we answer otherwise, on purpose: the status that we answer, by the exchange's id. */
  private static final Map<String, Integer> DIFFERENT =
      Map.of(
          // Many CPU windows at once; in Go the second caller is turned away.
          "profile-while-running", 200,
          // There is no trace under way in this test; CollectionTest has one.
          "trace-while-running", 200,
          // Go's own tool asks by POST.
          "symbol-post-many", 200,
          "symbol-post-empty", 200,
          // The JDK's server refuses a malformed escape before any handler sees it.
          "bad-escape", 400);

  private record Exchange(List<String> columns) {
    String id() {
      return columns.get(0);
    }

    String method() {
      return columns.get(1);
    }

    String target() {
      return columns.get(2);
    }

    String body() {
      return columns.get(3);
    }

    int status() {
      return Integer.parseInt(columns.get(4));
    }

    String header(int column) {
      return columns.get(column);
    }

    String fixedBody() {
      return columns.get(10).replace("\\n", "\n").replace("\\\\", "\\");
    }

    boolean isTrace() {
      return target().contains("/trace");
    }
  }

  @Test
  void answersAsGoDoes() throws Exception {
    // Go's default of 30 s becomes the longest window, so that this test ends soon.
    PprofOptions options =
        PprofOptions.defaults()
            .withMaxWindow(Duration.ofSeconds(5))
            .withGcInterval(Duration.ZERO)
            .withMaxCollections(64);
    List<Exchange> exchanges = recorded();
    assertThat(exchanges).hasSizeGreaterThan(90);

    List<String> differences = new ArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try (PprofServer server = Pprof.listen("localhost:0", options)) {
      HttpTalk talk = new HttpTalk(server.address());
      List<Future<String>> answers = new ArrayList<>();
      for (Exchange exchange : exchanges) {
        if (!exchange.isTrace()) {
          answers.add(clients.submit(() -> difference(talk, exchange)));
        }
      }
      for (Exchange exchange : exchanges) {
        if (exchange.isTrace()) { // one at a time
          differences.add(difference(talk, exchange));
        }
      }
      for (Future<String> answer : answers) {
        differences.add(get(answer));
      }
    } finally {
      clients.shutdownNow();
    }

    differences.removeIf(String::isEmpty);
    assertThat(differences).isEmpty();
  }

  private static String get(Future<String> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return e.toString();
    }
  }

  /** What is not as recorded; empty if all is. */
  private static String difference(HttpTalk talk, Exchange exchange) throws IOException {
    HttpTalk.Answer answer =
        talk.send(exchange.method(), exchange.target(), Map.of(), exchange.body());
    if (DIFFERENT.containsKey(exchange.id())) {
      return answer.status() == DIFFERENT.get(exchange.id())
          ? ""
          : exchange.id() + ": status " + answer.status();
    }
    String expected =
        String.join(
            " | ",
            Integer.toString(exchange.status()),
            exchange.header(5),
            exchange.header(6),
            exchange.header(7),
            exchange.header(8).isEmpty() || exchange.target().contains("symbol")
                ? ""
                : exchange.header(8),
            exchange.header(9),
            exchange.fixedBody());
    String actual =
        String.join(
            " | ",
            Integer.toString(answer.status()),
            answer.header("Content-Type"),
            answer.header("Content-Disposition"),
            answer.header("X-Go-Pprof"),
            answer.header("Allow"),
            answer.header("Location"),
            exchange.fixedBody().isEmpty() ? "" : answer.text());
    return actual.equals(expected)
        ? ""
        : "%s %s\n  Go:   %s\n  ours: %s"
            .formatted(exchange.id(), exchange.target(), expected, actual);
  }

  private static List<Exchange> recorded() throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    try (InputStream in = RecordedExchangesTest.class.getResourceAsStream("exchanges.tsv");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          exchanges.add(new Exchange(List.of(line.split("\t", -1))));
        }
      }
    }
    return exchanges;
  }
}
