// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.hey.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HeyCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HeyCommand command =
      new HeyCommand(
          new ByteArrayInputStream("from stdin".getBytes(StandardCharsets.UTF_8)),
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8));

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-n 0 http://h|1|-n and -c cannot be smaller than 1.",
        "-z 1s -c 0 http://h|1|-c cannot be smaller than 1.",
        "-c 300 http://h|1|-n cannot be less than -c.",
        "-h x:y http://h|1|Flag '-h' is deprecated, please use '-H' instead.",
        "-H nocolon http://h|1|could not parse the provided input; input = nocolon",
        "-a nocolon http://h|1|could not parse the provided input; input = nocolon",
        "127.0.0.1:1|1|parse \"127.0.0.1:1\": first path segment in URL cannot contain colon",
        "-zz http://h|2|flag provided but not defined: -zz",
        "-n x http://h|2|invalid value \"x\" for flag -n: parse error",
        "-z|2|flag needs an argument: -z",
        "-h2=maybe http://h|2|invalid boolean value \"maybe\" for -h2: parse error",
        "-fail-on p99 http://h|1|invalid condition \"p99\" for flag -fail-on: expected for example p99>50ms",
        "-o {{.Rps http://h|1|template: unclosed action",
        "-x ftp://h http://h|1|proxy must be host:port or an http, https or socks5 URL: ftp://h"
      })
  void refusesMistakesWithTheUsage(String commandLine, int code, String message)
      throws InterruptedException {
    assertThat(command.run(commandLine.split(" "))).isEqualTo(code);

    assertThat(err()).startsWith(message + "\n").contains("Usage: hey [options...] <url>");
    assertThat(out()).isEmpty();
  }

  @Test
  void showsTheUsageWithoutUrlAndForHelp() throws InterruptedException {
    assertThat(command.run()).isEqualTo(1);
    String usage = err();
    assertThat(usage).startsWith("Usage: hey [options...] <url>\n\nOptions:\n  -n  ");
    assertThat(usage).contains("\n  -h2 ", "\n  -disable-keepalive\n").endsWith("\n\n");

    for (String help : List.of("-h", "-help", "--help")) {
      HeyCommandTest other = new HeyCommandTest();
      assertThat(other.command.run(help)).isZero();
      assertThat(other.err()).isEqualTo(usage.substring(0, usage.length() - 1));
    }
  }

  @Test
  void missingBodyFileIsAMessage() throws InterruptedException {
    assertThat(command.run("-D", "/no/such/file", "http://h")).isEqualTo(1);

    assertThat(err()).isEqualTo("open /no/such/file: no such file or directory\n");
  }

  @Test
  void printsTheLayoutOfHey() throws Exception {
    try (TestServer server = TestServer.answering("hello")) {
      int code = command.run("-n", "20", "-c", "2", server.url());

      assertThat(code).isZero();
      assertThat(
              out()
                  .replaceAll("\\d+\\.\\d{3,4}", "N")
                  .replaceAll("\\[\\d+\\]\t\\|\u25A0*", "[C]\t|"))
          .isEqualTo(
              """

              Summary:
                Total:\tN secs
                Slowest:\tN secs
                Fastest:\tN secs
                Average:\tN secs
                Requests/sec:\tN
              \s\s
                Total data:\t100 bytes
                Size/request:\t5 bytes

              Response time histogram:
              """
                  + "  N [C]\t|\n".repeat(11)
                  + """


              Latency distribution:
                10% in N secs
                25% in N secs
                50% in N secs
                75% in N secs
                90% in N secs
                95% in N secs
                99% in N secs

              Details (average, fastest, slowest):
                DNS+dialup:\tN secs, N secs, N secs
                DNS-lookup:\tN secs, N secs, N secs
                req write:\tN secs, N secs, N secs
                resp wait:\tN secs, N secs, N secs
                resp read:\tN secs, N secs, N secs

              Status code distribution:
                [200]\t20 responses



              """);
      assertThat(out()).contains("\t|\u25A0").doesNotContain("NaN");
    }
  }

  @Test
  void everyRequestFailingIsAFailureWithoutNaN() throws InterruptedException {
    assertThat(command.run("-n", "2", "-c", "1", "http://127.0.0.1:1/%20b")).isEqualTo(1);

    assertThat(out())
        .contains(
            "Error distribution:\n  [2]\tGet \"http://127.0.0.1:1/%20b\": dial tcp 127.0.0.1:1:"
                + " connect: connection refused\n")
        .doesNotContain("NaN", "MISSING");
  }

  @Test
  void serverErrorsAreResponses() throws Exception {
    try (TestServer server = TestServer.start(request -> TestServer.response(503, ""))) {
      assertThat(command.run("-n", "2", "-c", "1", server.url())).isZero();
      assertThat(out()).contains("\n  [503]\t2 responses\n");
    }
  }

  @Test
  void writesCsvAsRequestsEnd() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      assertThat(command.run("-n", "3", "-c", "1", "-o", "csv", server.url())).isZero();

      List<String> lines = out().lines().toList();
      assertThat(lines.get(0))
          .isEqualTo(
              "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset");
      assertThat(lines.subList(1, lines.size()))
          .hasSize(3)
          .allMatch(line -> line.matches("(\\d+\\.\\d{4},){6}200,\\d+\\.\\d{4}"));
      assertThat(out()).endsWith("\n").doesNotEndWith("\n\n");
    }
  }

  @Test
  void writesJsonWithTheNamesOfHey() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      assertThat(command.run("-n", "4", "-c", "1", "-o", "json", server.url())).isZero();

      assertThat(out())
          .startsWith("{\"AvgTotal\":")
          .contains("\"StatusCodeDist\":{\"200\":4}", "\"NumRes\":4", "\"SizeTotal\":4")
          .contains("\"ErrorDist\":{}", "\"P99.9\":")
          .endsWith("}\n");
    }
  }

  @Test
  void fillsInTemplates() throws Exception {
    String template =
        "{{ $n := .NumRes }}{{ range $i, $code := .StatusCodes }}{{ $i }}={{ $code }} {{ end }}"
            + "{{- if gt .SizeTotal 0 }}{{ .SizeTotal }} of {{ $n }}{{ else }}none{{ end }} "
            + "{{ len .Lats }} {{ printf \"%05.1f\" 2.25 }} {{ .StatusCodeDist }}"
            + "{{ with .ErrorDist }}errors{{ end }}{{/* nothing */}}";
    try (TestServer server = TestServer.answering("x")) {
      assertThat(command.run("-n", "2", "-c", "1", "-o", template, server.url())).isZero();

      assertThat(out()).isEqualTo("0=200 1=200 2 of 2 2 002.3 map[200:2]\n");
    }
  }

  @Test
  void unknownTemplateFieldsAreAFailure() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      int code = command.run("-n", "1", "-c", "1", "-o", "{{ .Nope }}", server.url());

      assertThat(code).isEqualTo(1);
      assertThat(err()).isEqualTo("template: can't evaluate field Nope\n");
    }
  }

  @Test
  void failsByConditions() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      String[] passing = {"-n", "2", "-c", "1", "-fail-on", "p99>1h,errors>0%,rps<0.001"};
      String[] failing = {"-n", "2", "-c", "1", "-fail-on", "errors>0, max >= 1ns"};
      String[] url = {server.url()};

      assertThat(command.run(join(passing, url))).isZero();
      HeyCommandTest other = new HeyCommandTest();
      assertThat(other.command.run(join(failing, url))).isEqualTo(3);
      assertThat(other.err()).isEqualTo("hey: failed: max >= 1ns\n");
    }
  }

  private static String[] join(String[] first, String[] second) {
    String[] all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void acceptsShortPasswordsAndBodiesFromStdin() throws Exception {
    try (TestServer server = TestServer.answering("")) {
      command.run("-n", "1", "-c", "1", "-a", "u:p", "-D", "-", "-m", "put", server.url());

      assertThat(server.requests().get(0).line()).startsWith("PUT ");
      assertThat(server.requests().get(0).fields()).contains("Authorization: Basic dTpw");
      assertThat(server.requests().get(0).body()).isEqualTo("from stdin");
    }
  }

  @Test
  void readsUrlsFromAFileAndWritesPercentilesToOne(@TempDir Path directory) throws Exception {
    Path hdr = directory.resolve("out.hdr");
    Path urls = directory.resolve("urls");
    try (TestServer server = TestServer.answering("")) {
      Files.writeString(urls, "# comment\n" + server.url() + "a\n\n" + server.url() + "b\n");

      command.run("-n", "2", "-c", "2", "-urls", urls.toString(), "-hdr", hdr.toString());

      assertThat(server.requests())
          .extracting(TestServer.Request::line)
          .containsExactlyInAnyOrder("GET /a HTTP/1.1", "GET /b HTTP/1.1");
      assertThat(Files.readString(hdr))
          .startsWith("       Value     Percentile TotalCount 1/(1-Percentile)\n\n")
          .containsPattern("#\\[Max     = +[\\d.]+, Total count    = +2\\]");
    }
  }

  @Test
  void anInterruptPrintsTheSummaryAtOnce() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    TestServer.Handler hanging =
        request -> {
          arrived.countDown();
          return new byte[0];
        };
    try (TestServer server = TestServer.start(hanging)) {
      Thread interrupt =
          new Thread(
              () -> {
                try {
                  arrived.await();
                  command.stop();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      interrupt.start();

      int code = command.run("-n", "1", "-c", "1", "-t", "0", server.url());

      assertThat(code).isEqualTo(1);
      assertThat(out()).contains("Summary:", "Not finished when the run ended:\t1 requests");
      interrupt.join();
    }
  }

  @Test
  void showsProgressIfTold() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      command.run("-z", "1200ms", "-c", "1", "-progress", "always", server.url());

      assertThat(err()).contains("requests", "p99", "left").endsWith("\r\u001b[K");
    }
  }

  @Test
  void showsBothTimesUnderARate() throws Exception {
    try (TestServer server = TestServer.answering("x")) {
      command.run("-n", "20", "-c", "2", "-rate", "200", server.url());

      assertThat(out())
          .contains("\n  [200]\t20 responses\n")
          .contains("\nResponse time, counted from when each request was due:\n  Slowest:\t");
    }
  }
}
