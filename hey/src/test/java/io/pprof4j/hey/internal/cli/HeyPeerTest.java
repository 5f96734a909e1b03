// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pprof4j.hey.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same command line to the original and to ours, against the same server: the same output but
 * for the measured times, the same requests on the wire, the same exit code. Skipped where there is
 * no Go to build the original with.
 */
@Timeout(120)
class HeyPeerTest {
  private static final String PEER = "github.com/rakyll/hey@v0.1.5";

  @TempDir private static Path folder;
  private static Path peer;
  private static Path body;

  /** What one of the two did: its exit code and output, and what the server saw. */
  private record Outcome(int code, String out, String err, Map<String, Integer> requests) {}

  @BeforeAll
  static void buildTheOriginal() throws Exception {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/go/bin";
    Path go =
        Stream.of(path.split(File.pathSeparator))
            .map(each -> Path.of(each, "go"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(go != null, "no go on the PATH: nothing is compared with the original hey");
    ProcessBuilder install = new ProcessBuilder(go.toString(), "install", PEER);
    install.environment().put("GOBIN", folder.toString());
    install.redirectErrorStream(true);
    Process process = install.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() == 0, "the original hey cannot be installed: " + said);
    peer = folder.resolve("hey");
    body = Files.writeString(folder.resolve("body.json"), "{\"a\": [1, 2, 3]}\n");
  }

  /** A ~ stands for a blank in a word. */
  static List<String> commandLines() {
    return List.of(
        "-n 200 -c 2 /",
        "-n 200 -c 4 -m POST -d some=body /form",
        "-n 200 -c 4 -m post -d some=body /form",
        "-n 200 -c 4 -m PUT -D @body -T application/json /items/7?a=b&c=%20d",
        "-n 200 -c 4 -m DELETE /items/7",
        "-n 200 -c 4 -m HEAD /",
        "-n 200 -c 4 -m OPTIONS /",
        "-n 200 -c 4 -m X-OWN /",
        "-n 200 -c 4 -H X-One:1 -H x-two:~b -H X_Three:3 /",
        "-n 200 -c 4 -H Accept:text/plain -A application/json /",
        "-n 200 -c 4 -H Content-Type:text/csv /",
        "-n 200 -c 4 -H User-Agent:mine/1 /",
        "-n 200 -c 4 -H Host:ignored.example /",
        "-n 200 -c 4 -H Accept-Encoding:br /",
        "-n 200 -c 4 -U mine/2 /",
        "-n 200 -c 4 -H User-Agent:mine/1 -U mine/2 /",
        "-n 200 -c 4 -host example.com /",
        "-n 200 -c 4 -disable-compression /",
        "-n 200 -c 4 -disable-keepalive /",
        "-n 200 -c 4 -disable-redirects /redirect",
        "-n 200 -c 4 /redirect",
        "-n 200 -c 4 -m POST -d a=b /redirect",
        "-n 200 -c 4 -m POST -d a=b /see-other",
        "-n 200 -c 1 /statuses",
        "-n 200 -c 4 /empty",
        "-n 200 -c 4 /nothing-to-say",
        "-n 200 -c 4 -t 0 -cpus 1 /",
        "-n 200 -c 4 -o csv /",
        "-n 200 -c 4 -o {{.NumRes}} /",
        "-n 200 -c 4 -o {{.SizeTotal}}-{{.SizeReq}}-{{len~.Lats}} /",
        "-n 200 -c 4 -o {{range~$code,$n:=.StatusCodeDist}}{{$code}}={{$n}};{{end}} /statuses");
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void doesAndSaysWhatTheOriginalDoes(String commandLine) throws Exception {
    Outcome theirs = runPeer(commandLine);
    Outcome ours = runOurs(commandLine);

    assertThat(ours.requests()).as("requests that the server saw").isEqualTo(theirs.requests());
    assertThat(withoutTimes(ours.out())).isEqualTo(withoutTimes(theirs.out()));
    assertThat(ours.err()).isEqualTo(theirs.err());
    assertThat(ours.code()).isEqualTo(theirs.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-n 0 /",
        "-c 0 /",
        "-z 1s -c 0 /",
        "-n 1 -c 2 /",
        "-H nocolon /",
        "-a nocolon /",
        "-D /no/such/file /",
        "-zz /",
        "-n x /",
        "-n 99999999999999999999 /",
        "-q x /",
        "-z 5 /",
        "-h2=maybe /",
        "-h x:y /",
      })
  void refusesAsTheOriginalDoes(String commandLine) throws Exception {
    Outcome theirs = runPeer(commandLine);
    Outcome ours = runOurs(commandLine);

    assertThat(firstLine(ours.err())).isEqualTo(firstLine(theirs.err()));
    assertThat(ours.out()).isEqualTo(theirs.out());
    assertThat(ours.code()).isEqualTo(theirs.code());
  }

  @Test
  void saysOfARefusedConnectionWhatTheOriginalSays() throws Exception {
    String url;
    try (TestServer server = TestServer.answering("x")) {
      url = server.url();
    }
    Outcome theirs = peer(List.of("-n", "20", "-c", "2", url), null);
    Outcome ours = ours(List.of("-n", "20", "-c", "2", url), null);

    assertThat(errors(ours.out())).isEqualTo(errors(theirs.out())).isNotEmpty();
    // The original prints NaN and calls that success.
    assertThat(theirs.code()).isZero();
    assertThat(ours.code()).isEqualTo(1);
  }

  @Test
  void sendsTheCredentialsThatTheOriginalForgets() throws Exception {
    String header = "authorization: Basic dXNlcjpzZWM6cmV0, ";
    Outcome theirs = runPeer("-n 200 -c 4 -a user:sec:ret /");
    Outcome ours = runOurs("-n 200 -c 4 -a user:sec:ret /");

    assertThat(theirs.requests().toString()).doesNotContain(header);
    assertThat(ours.requests().toString().replace(header, ""))
        .isEqualTo(theirs.requests().toString())
        .isNotEqualTo(ours.requests().toString());
  }

  @Test
  void countsTheBytesOfChunkedBodiesWhichTheOriginalLeavesOut() throws Exception {
    Outcome theirs = runPeer("-n 200 -c 4 /chunked");
    Outcome ours = runOurs("-n 200 -c 4 /chunked");

    String data = "  Total data:\t1000 bytes\n  Size/request:\t5 bytes\n";
    assertThat(theirs.out()).doesNotContain("Total data");
    assertThat(withoutTimes(ours.out()))
        .contains(data)
        .satisfies(out -> assertThat(out.replace(data, "")).isEqualTo(withoutTimes(theirs.out())));
  }

  @Test
  void addsTheResponseTimeFromWhenEachRequestWasDueAfterTheOriginalsSummary() throws Exception {
    Outcome theirs = runPeer("-n 200 -c 4 -q 1000 /");
    Outcome ours = runOurs("-n 200 -c 4 -q 1000 /");

    assertThat(withoutTimes(ours.out())).startsWith(withoutTimes(theirs.out()).stripTrailing());
    assertThat(ours.out()).contains("Response time, counted from when each request was due:");
  }

  private static Outcome runPeer(String commandLine) throws Exception {
    try (TestServer server = server()) {
      return peer(arguments(commandLine, server), server);
    }
  }

  private static Outcome runOurs(String commandLine) throws Exception {
    try (TestServer server = server()) {
      return ours(arguments(commandLine, server), server);
    }
  }

  /** The words of a command line, a ~ for a blank; the last one is the path at that server. */
  private static List<String> arguments(String commandLine, TestServer server) throws IOException {
    List<String> words = new ArrayList<>(List.of(commandLine.split(" ", -1)));
    words.replaceAll(word -> word.replace('~', ' '));
    words.replaceAll(word -> word.equals("@body") ? body.toString() : word);
    String path = words.remove(words.size() - 1);
    words.add(server.url().replaceAll("/$", "") + path);
    return words;
  }

  private static Outcome peer(List<String> arguments, TestServer server) throws Exception {
    List<String> command = new ArrayList<>(List.of(peer.toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "peer", ".out");
    Path err = Files.createTempFile(folder, "peer", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the original ends").isTrue();
    return new Outcome(
        process.exitValue(), Files.readString(out), Files.readString(err), seen(server));
  }

  private static Outcome ours(List<String> arguments, TestServer server) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    HeyCommand command =
        new HeyCommand(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = command.run(arguments.toArray(new String[0]));
    return new Outcome(
        code,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        seen(server));
  }

  /** Each different request and how often it came; header names in lower case and in order. */
  private static Map<String, Integer> seen(TestServer server) {
    Map<String, Integer> counts = new TreeMap<>();
    if (server != null) {
      for (TestServer.Request request : server.requests()) {
        List<String> fields = new ArrayList<>();
        for (String field : request.fields()) {
          int colon = field.indexOf(':');
          if (colon > 0) {
            String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = field.substring(colon + 1).strip();
            fields.add(name + ": " + withoutPort(value));
          }
        }
        fields.sort(null);
        counts.merge(request.line() + "\n" + fields + "\n" + request.body(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String withoutPort(String value) {
    return value.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1");
  }

  /** Version 0.1.5 writes the percent sign of its format twice; 0.1.4 and ours write it once. */
  private static String withoutTimes(String out) {
    return out.replaceAll("\\d+\\.\\d{3,4}", "N")
        .replaceAll("\\[\\d+\\]\t\\|\u25A0*", "[C]\t|")
        .replace("%% in ", "% in ");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceAll(":\\d+/", ":PORT/");
  }

  private static String errors(String out) {
    int start = out.indexOf("Error distribution:");
    return start < 0 ? "" : out.substring(start);
  }

  private static TestServer server() throws IOException {
    AtomicInteger turn = new AtomicInteger();
    return TestServer.start(request -> answer(request.line().split(" ", -1)[1], turn, request));
  }

  private static byte[] answer(String path, AtomicInteger turn, TestServer.Request request) {
    if (request.line().startsWith("HEAD ")) {
      return TestServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n");
    }
    return switch (path) {
      case "/redirect" -> TestServer.response(302, "moved", "Location: /target");
      case "/see-other" -> TestServer.response(303, "", "Location: /target?x=1");
      case "/statuses" ->
          TestServer.response(List.of(200, 201, 404, 500).get(turn.getAndIncrement() % 4), "four");
      case "/empty" -> TestServer.response(200, "");
      case "/nothing-to-say" -> TestServer.raw("HTTP/1.1 204 No Content\r\n\r\n");
      case "/chunked" ->
          TestServer.raw(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
      default -> TestServer.response(200, "hello world");
    };
  }
}
